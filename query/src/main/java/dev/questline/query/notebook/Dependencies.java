package dev.questline.query.notebook;

import dev.questline.event.UserError;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * Libraries from Maven's repositories, as Maven would fetch them: with the mirrors, proxies, servers, active repositories
 * and the local repository of the user's settings, or of the installed Maven's. Passwords that are encrypted in there are
 * not decrypted.
 */
final class Dependencies {
    private final Path home;
    private final Settings settings;

    private Dependencies(Path home, Settings settings) {
        this.home = home;
        this.settings = settings;
    }

    /** As the user with this home has set up Maven. */
    static Dependencies of(Path home) {
        var request = new DefaultSettingsBuildingRequest()
                .setSystemProperties(System.getProperties())
                .setUserSettingsFile(home.resolve(".m2/settings.xml").toFile())
                .setGlobalSettingsFile(settingsOfMaven().map(Path::toFile).orElse(null));
        System.getenv().forEach((name, value) -> request.getSystemProperties().put("env." + name, value));
        try {
            var settings = new DefaultSettingsBuilderFactory().newInstance().build(request);
            return new Dependencies(home, settings.getEffectiveSettings());
        } catch (SettingsBuildingException e) {
            throw UserError.failed("Maven's settings can't be read: " + firstLine(e), e);
        }
    }

    private static Optional<Path> settingsOfMaven() {
        return java.util.Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mvn"))
                .filter(Files::isExecutable)
                .flatMap(mvn -> realPath(mvn).stream())
                .map(mvn -> mvn.resolve("../../conf/settings.xml").normalize())
                .filter(Files::exists)
                .findFirst();
    }

    private static Optional<Path> realPath(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    /** The jars of a library and of all it needs at run time. */
    List<Path> resolve(String coordinates) {
        var artifact = artifact(coordinates);
        try (var system = new RepositorySystemSupplier().get();
                var session = session(system)) {
            var repositories = system.newResolutionRepositories(session, repositories());
            var wanted = new CollectRequest(new Dependency(artifact, "runtime"), repositories);
            return system
                    .resolveDependencies(session, new DependencyRequest(wanted, null))
                    .getArtifactResults()
                    .stream()
                    .map(result -> result.getArtifact().getPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            throw UserError.failed(coordinates + ": " + firstLine(e), e);
        }
    }

    private static DefaultArtifact artifact(String coordinates) {
        try {
            return new DefaultArtifact(coordinates.strip());
        } catch (IllegalArgumentException e) {
            throw UserError.wrongUse("'" + coordinates + "' names no library; allowed is group:artifact:version, as in"
                    + " org.apache.commons:commons-csv:1.14.1");
        }
    }

    private RepositorySystemSession.CloseableSession session(RepositorySystem system) {
        var builder = new SessionBuilderSupplier(system).get();
        builder.withLocalRepositoryBaseDirectories(localRepository());
        builder.setOffline(settings.isOffline());
        builder.setMirrorSelector(mirrors());
        builder.setProxySelector(proxies());
        builder.setAuthenticationSelector(servers());
        return builder.build();
    }

    private Path localRepository() {
        return Optional.ofNullable(System.getProperty("maven.repo.local"))
                .or(() -> Optional.ofNullable(settings.getLocalRepository()))
                .map(Path::of)
                .orElse(home.resolve(".m2/repository"));
    }

    private DefaultMirrorSelector mirrors() {
        var mirrors = new DefaultMirrorSelector();
        settings.getMirrors()
                .forEach(mirror -> mirrors.add(
                        mirror.getId(),
                        mirror.getUrl(),
                        mirror.getLayout(),
                        false,
                        mirror.isBlocked(),
                        mirror.getMirrorOf(),
                        mirror.getMirrorOfLayouts()));
        return mirrors;
    }

    private DefaultProxySelector proxies() {
        var proxies = new DefaultProxySelector();
        settings.getProxies().stream()
                .filter(org.apache.maven.settings.Proxy::isActive)
                .forEach(proxy -> {
                    var who = new AuthenticationBuilder()
                            .addUsername(proxy.getUsername())
                            .addPassword(proxy.getPassword())
                            .build();
                    proxies.add(
                            new org.eclipse.aether.repository.Proxy(
                                    proxy.getProtocol(), proxy.getHost(), proxy.getPort(), who),
                            proxy.getNonProxyHosts());
                });
        return proxies;
    }

    private DefaultAuthenticationSelector servers() {
        var servers = new DefaultAuthenticationSelector();
        settings.getServers()
                .forEach(server -> servers.add(
                        server.getId(),
                        new AuthenticationBuilder()
                                .addUsername(server.getUsername())
                                .addPassword(server.getPassword())
                                .addPrivateKey(server.getPrivateKey(), server.getPassphrase())
                                .build()));
        return servers;
    }

    /** Those of the active profiles, then the one that Maven knows by itself. */
    private List<RemoteRepository> repositories() {
        Map<String, RemoteRepository> all = new LinkedHashMap<>();
        var active = new HashSet<>(settings.getActiveProfiles());
        settings.getProfiles().stream()
                .filter(profile -> active.contains(profile.getId())
                        || (profile.getActivation() != null
                                && profile.getActivation().isActiveByDefault()))
                .flatMap(profile -> profile.getRepositories().stream())
                .forEach(found -> all.putIfAbsent(
                        found.getId(), new RemoteRepository.Builder(found.getId(), "default", found.getUrl()).build()));
        new MavensOwn()
                .model()
                .getRepositories()
                .forEach(found -> all.putIfAbsent(
                        found.getId(), new RemoteRepository.Builder(found.getId(), "default", found.getUrl()).build()));
        return new ArrayList<>(all.values());
    }

    /** What Maven puts before every project's own model. */
    private static final class MavensOwn extends DefaultModelBuilderFactory {
        Model model() {
            return newSuperPomProvider().getSuperModel("4.0.0");
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    }
}
