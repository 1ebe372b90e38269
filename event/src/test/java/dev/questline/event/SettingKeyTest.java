package dev.questline.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingKeyTest {
    @ParameterizedTest
    @EnumSource(SettingKey.class)
    void theDefaultIsAllowed(SettingKey key) {
        if (!key.byDefault().isEmpty()) { // else, none
            assertThatCode(() -> key.check(key.byDefault(), "default")).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COLLECTOR_PORT,1",
        "COLLECTOR_PORT,65535",
        "KAFKA_TOPIC,a.b_c-D9",
        "'KAFKA_BOOTSTRAP_SERVERS','a:1,b.c:2'",
        "KAFKA_PARTITIONS,9999",
        "SPARK_MASTER,spark://host:7077",
        "SPARK_MEMORY,800m",
        "HDFS_ENABLED,true",
        "COLLECTOR_TLS_KEY,../keys/my key.pem",
        "KAFKA_CLIENT_PROPERTIES,/etc/client.properties",
        "LOGS_FORMAT,json"
    })
    void allowed(SettingKey key, String value) {
        assertThatCode(() -> key.check(value, "here")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "COLLECTOR_HOST,''",
        "COLLECTOR_PORT,0",
        "COLLECTOR_PORT,65536",
        "COLLECTOR_PORT,80a",
        "KAFKA_TOPIC,..",
        "KAFKA_TOPIC,a b",
        "KAFKA_BOOTSTRAP_SERVERS,host",
        "KAFKA_PARTITIONS,0",
        "SPARK_MASTER,mesos",
        "SPARK_MEMORY,1024",
        "HDFS_ENABLED,yes",
        "COLLECTOR_TLS_CERTIFICATE,''",
        "LOGS_FORMAT,xml"
    })
    void notAllowed(SettingKey key, String value) {
        assertThatThrownBy(() -> key.check(value, "here"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("here: " + key.key() + " is '" + value + "'; allowed is ");
    }
}
