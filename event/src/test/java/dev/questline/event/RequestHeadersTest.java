package dev.questline.event;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "host,Host",
        "USER-AGENT,User-Agent",
        "x-b3-traceid,X-B3-Traceid",
        "-odd--,-Odd--",
        "TITLE,Title", // also where the machine speaks Turkish
        "a,A"
    })
    void namesAreCanonical(String given, String canonical) {
        assertThat(RequestHeaders.canonical(given)).isEqualTo(canonical);
    }

    @Test
    void linesOfOneNameAreJoinedInOrder() {
        assertThat(headers(entry("Accept", "a"), entry("Host", "h"), entry("ACCEPT", "b"))
                        .logged())
                .containsExactly(entry("Accept", "a, b"), entry("Host", "h"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "Proxy-Authorization",
                "COOKIE",
                "Cookie2",
                "X-Api-Key",
                "x-apikey",
                "X-Auth-Token",
                "x-csrf-token",
                "X-Client-Secret",
                "X-Password",
                "X-Hub-Signature",
                "Token",
                "X-Serverless-Authorization",
                "x-forwarded-authorization",
                "X-Amz-Security-Token",
                "X-Accesstoken",
                "X-Pw",
                "X-Session",
                "X-SessionId",
                "Connect.Sid",
                "api_key",
                "access_token",
                "my.password",
                "X-Auth",
                "Cf-Access-Jwt-Assertion",
                "X-Amzn-Oidc-Data",
                "X-Goog-IAP-JWT-Assertion",
                "DPoP",
                "bearer",
                "Authentication",
                "X-Pin",
                "X-Session-Id",
                "X-Api-Key-V2",
                "X-Hub-Signature-256",
                "X-Authorization-Code",
                "X-Shopify-Hmac-Sha256",
                "Token-1-Id"
            })
    void secretsStayOut(String name) {
        assertThat(headers(entry(name, "s3cret"), entry("Host", "h")).logged()).containsExactly(entry("Host", "h"));
        assertThat(RequestHeaders.isSecret(RequestHeaders.canonical(name))).isTrue();
    }

    @Test
    void whatMerelySoundsLikeASecretStaysIn() {
        assertThat(headers(
                                entry("X-Monkey", "m"),
                                entry("Keep-Alive", "5"),
                                entry("X-Tokens-Left", "1"),
                                entry("X-Request-Id", "7"),
                                entry("Id", "8"),
                                entry("Content-Md5", "9"),
                                entry("X-Cookie-Consent", "no"))
                        .logged())
                .containsOnlyKeys(
                        "X-Monkey",
                        "Keep-Alive",
                        "X-Tokens-Left",
                        "X-Request-Id",
                        "Id",
                        "Content-Md5",
                        "X-Cookie-Consent");
    }

    @Test
    void theClientsIdIsTakenFromEitherHeaderAndNotLogged() {
        for (var name : List.of("Idempotency-Key", "ce-id", "CE-ID")) {
            var headers = headers(entry(name, "mine"), entry("ce-source", "/game"));
            assertThat(headers.clientId()).contains("mine");
            assertThat(headers.logged()).isEmpty();
        }
        assertThat(headers(entry("ce-id", "  ")).clientId()).isEmpty();
        assertThat(headers(entry("ce-id", "first"), entry("Idempotency-Key", "second"))
                        .clientId())
                .contains("first");
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // of which List.of is one more
    private static RequestHeaders headers(Map.Entry<String, String>... lines) {
        return new RequestHeaders(List.of(lines));
    }
}
