package dev.questline.bench.part;

import dev.questline.lake.SparkSessions;
import dev.questline.lake.TableRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SaveMode;

/** Writes a table as {@code extract} would, of events that are all alike but for who and when: {@code PROJECT EVENTS}. */
public final class Purchases {
    public static final String TABLE = "purchases";
    private static final int FILES = 4;
    private static final String[] COLUMNS = {
        "'*/*' as Accept",
        "concat('user', lpad(cast(pmod(xxhash64(id), 10000) as string), 5, '0'), '.comcast.com') as Host",
        "'Mozilla/5.0 (X11; Linux x86_64) Swords-Game/10.2.3' as `User-Agent`",
        "if(id % 4 = 0, 'very sharp knife', null) as description",
        "if(id % 4 = 0, 'purchase_knife', 'purchase_sword') as event_type",
        "cast(timestamp_millis(1767225600000 + 36 * id) as string) as timestamp",
    };

    private Purchases() {}

    /** The folder of a project that they are written to. */
    public static Path folder(Path project) {
        return project.resolve(TABLE);
    }

    public static void main(String[] args) throws IOException {
        var project = Path.of(args[0]);
        try (var spark = SparkSessions.open(SparkSessions.settings("local[*]", project))) {
            spark.range(0, Long.parseLong(args[1]), 1, FILES)
                    .selectExpr(COLUMNS)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .parquet(folder(project).toString());
        }
        TableRegistry.put(
                project.resolve(".questline"), TABLE, folder(project).toUri().toString());
    }
}
