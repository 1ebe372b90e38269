package dev.questline.query;

import dev.questline.event.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark says of mistakes that people make often, in a line, and with what they may have meant. */
final class Mistakes {
    private static final Pattern QUOTED_NAME = Pattern.compile("`((?:[^`]|``)*)`");

    private final SparkSession spark;

    Mistakes(SparkSession spark) {
        this.spark = spark;
    }

    Optional<String> of(SparkThrowable e) {
        var parameters = e.getMessageParameters();
        return Optional.ofNullable(
                switch (String.valueOf(e.getCondition())) {
                    case "PARSE_SYNTAX_ERROR" -> "syntax error at " + parameters.get("error") + parameters.get("hint");
                    case "INVALID_IDENTIFIER" ->
                        "a name like this is written in back quotes: `" + parameters.get("ident") + "`";
                    case "UNRESOLVED_COLUMN.WITH_SUGGESTION", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION" ->
                        unknownColumn(name(parameters, "objectName"), parameters.getOrDefault("proposal", ""));
                    case "COLUMN_NOT_FOUND" -> unknownColumn(name(parameters, "colName"), "");
                    case "UNRESOLVED_ROUTINE" -> unknownFunction(name(parameters, "routineName"), functions());
                    case "UNRESOLVABLE_TABLE_VALUED_FUNCTION" ->
                        unknownFunction(name(parameters, "name"), tableFunctions());
                    case "TABLE_OR_VIEW_NOT_FOUND" -> "there is no table '" + name(parameters, "relationName") + "'";
                    case "SCHEMA_NOT_FOUND" ->
                        unknownDatabase(name(parameters, "schemaName").replaceFirst("^spark_catalog\\.", ""));
                    case "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS" ->
                        "there is a view '" + name(parameters, "relationName")
                                + "' in this session already; `create or replace temporary view` replaces it";
                    case "TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS" ->
                        "a view's name has one part; '" + name(parameters, "actualName") + "' has more";
                    case "EXPECT_PERMANENT_VIEW_NOT_TEMP" -> notForTables(parameters.getOrDefault("operation", ""));
                    case "UNBOUND_SQL_PARAMETER" ->
                        "nothing gives a value for the parameter here: write the value itself";
                    case "SPARK_JOB_CANCELLED" -> "cancelled";
                    default -> null;
                });
    }

    /** Tables stand by themselves. */
    static String unknownDatabase(String name) {
        return "there is no database '" + name + "': tables are in none; `show tables` lists them";
    }

    /** Of a statement that asks for what only Spark's own tables have. */
    static String notForTables(String command) {
        return command + " says nothing of the tables here; `describe TABLE` shows a table's columns";
    }

    /** Spark qualifies the suggestions with their tables when the misspelt name is; those are compared whole. */
    private static String unknownColumn(String name, String proposal) {
        return "there is no column '" + name + "'"
                + DidYouMean.hint(name, splitNames(proposal)).replace("allowed are", "there are");
    }

    private static String unknownFunction(String name, List<String> known) {
        var hint = DidYouMean.hint(name, known);
        // Hundreds of functions are no hint.
        return "there is no function '" + name + "'" + (hint.contains("did you mean") ? hint : "");
    }

    private List<String> functions() {
        return CollectionConverters.asJava(
                        spark.sessionState().functionRegistry().listFunction())
                .stream()
                .map(function -> function.funcName())
                .toList();
    }

    private List<String> tableFunctions() {
        return CollectionConverters.asJava(
                        spark.sessionState().tableFunctionRegistry().listFunction())
                .stream()
                .map(function -> function.funcName())
                .toList();
    }

    private static List<String> splitNames(String proposal) {
        return proposal.isEmpty()
                ? List.of()
                : Pattern.compile(", (?=`)")
                        .splitAsStream(proposal)
                        .map(Mistakes::unquoted)
                        .toList();
    }

    private static String name(Map<String, String> parameters, String key) {
        return unquoted(parameters.getOrDefault(key, ""));
    }

    /** A name of Spark's, as in {@code `t`.`User-Agent`}, as people write it. */
    private static String unquoted(String name) {
        return QUOTED_NAME
                .matcher(name)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1).replace("``", "`")));
    }
}
