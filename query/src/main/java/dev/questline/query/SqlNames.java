package dev.questline.query;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names and keywords as they are completed in SQL. */
public final class SqlNames {
    /** Those that people write; the grammar has four hundred. */
    public static final List<String> KEYWORDS = List.of(
            "select",
            "from",
            "where",
            "group by",
            "order by",
            "having",
            "limit",
            "join",
            "left join",
            "on",
            "as",
            "and",
            "or",
            "not",
            "in",
            "like",
            "is null",
            "is not null",
            "case when",
            "distinct",
            "count(*)",
            "with",
            "union all",
            "describe",
            "show tables",
            "summarize",
            "create temporary view",
            "drop view");

    private static final Set<String> RESERVED = Set.of(
            "select",
            "from",
            "where",
            "group",
            "order",
            "having",
            "limit",
            "join",
            "left",
            "on",
            "as",
            "and",
            "or",
            "not",
            "in",
            "like",
            "is",
            "null",
            "case",
            "when",
            "distinct",
            "with",
            "union",
            "table",
            "values");

    private SqlNames() {}

    /** The name as a statement writes it. */
    public static String quoted(String name) {
        return name.matches("[A-Za-z_]\\w*") && !RESERVED.contains(name.toLowerCase(Locale.ROOT))
                ? name
                : "`" + name.replace("`", "``") + "`";
    }
}
