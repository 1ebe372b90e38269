package dev.questline.query.notebook;

/** A Javadoc comment as people read it. */
final class Javadoc {
    private Javadoc() {}

    static String asText(String comment) {
        return comment.replaceAll("\\{@\\w+ ([^}]*)}", "$1")
                .replaceAll("(?m)^\\s*(?=@\\w+)", "  ")
                .replaceAll("<p>", "\n")
                .replaceAll("</?\\w+[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }
}
