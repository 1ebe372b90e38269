package dev.questline.bench;

import dev.questline.bench.lab.Lab;
import dev.questline.bench.lab.Servers;

/** What a comparison works with. */
record Trial(Lab lab, Servers servers, Effort effort, Progress progress) {}
