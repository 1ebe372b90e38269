package dev.questline.bench.lab;

/** A server by the name it has in the report. */
public record Side(String name, Server server) {}
