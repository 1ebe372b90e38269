package dev.questline.query.flight;

import dev.questline.query.SqlOptions;
import dev.questline.query.SqlSession;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.spark.sql.SparkSession;

/** The sessions of connections. */
final class FlightSessions {
    /** Nobody says when a connection has ended. */
    private static final int MOST = 100;

    private final SparkSession spark;
    private final SqlOptions options;
    private final Kept<SqlSession> sessions = new Kept<>(MOST);

    FlightSessions(SparkSession spark, SqlOptions options) {
        this.spark = spark;
        this.options = options;
    }

    /** The caller's, new if it has none. */
    SqlSession of(CallContext call) {
        return sessions.findOrMake(
                call.getMiddleware(SessionCookie.KEY).session(), () -> SqlSession.in(spark, options));
    }
}
