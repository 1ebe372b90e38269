package dev.questline.query.notebook;

/** Where cells show things. */
interface Screen {
    /** Shows a value while its cell goes on. */
    void show(Shown value);

    /** Shows a line over the one before, until something else is shown. Called by other threads too. */
    void progress(String line);

    /** Takes the progress line away. */
    void clearProgress();

    /** Says what is no result. */
    void note(String line);
}
