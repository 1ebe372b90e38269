package dev.questline.bench.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A program of another's that a comparison needs, and the Debian package it comes in. */
public enum Tool {
    WRK("wrk", "command -v wrk"),
    FLASK("python3-flask", "/usr/bin/python3 -c 'import flask'"),
    KAFKA_PYTHON("python3-kafka", "/usr/bin/python3 -c 'import kafka'"),
    GUNICORN("gunicorn", "/usr/bin/python3 -c 'import gunicorn'"),
    JUPYTER_CLIENT("python3-jupyter-client", "/usr/bin/python3 -c 'import jupyter_client'");

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String debianPackage;
    private final String probe;

    Tool(String debianPackage, String probe) {
        this.debianPackage = debianPackage;
        this.probe = probe;
    }

    public String debianPackage() {
        return debianPackage;
    }

    public boolean isMissing(Lab lab) throws InterruptedException {
        try {
            lab.run("probe", LIMIT, List.of("sh", "-c", probe));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The version of the package, if it is from one. */
    Optional<String> version(Lab lab) throws InterruptedException {
        try {
            var version = lab.run("version", LIMIT, List.of("dpkg-query", "-W", "-f", "${Version}", debianPackage));
            return Optional.of(version.strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
