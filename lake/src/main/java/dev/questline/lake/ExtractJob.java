package dev.questline.lake;

/** {@code extract} as a job for an ordinary {@code spark-submit}. */
public final class ExtractJob {
    private ExtractJob() {}

    public static void main(String[] args) {
        System.err.println("extract: not yet");
    }
}
