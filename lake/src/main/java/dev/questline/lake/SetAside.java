package dev.questline.lake;

/** Why a record gives no row. */
enum SetAside {
    NO_VALUE("without a value"),
    EMPTY("empty"),
    NO_UTF8("no valid UTF-8"),
    NO_JSON("no JSON"),
    NO_OBJECT("JSON but no object"),
    TRAILING("JSON with something after the object"),
    TOO_DEEP("nested deeper than " + EventParser.MAX_DEPTH);

    private final String words;

    SetAside(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
