package dev.parley.standalone.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Loads classes and resources from jars. All jars are opened at the start and stay open, so that their files may be
 * deleted meanwhile. Thread-safe.
 *
 * <p>A {@link java.net.URLClassLoader} could still load classes then, but for each resource, such as a service file, it
 * opens the jar again by its path.
 */
final class OpenJars extends ClassLoader {
    private static final String VERSIONS = "META-INF/versions/";

    static {
        registerAsParallelCapable();
    }

    /** The jars that have an entry of this name, in the order of the class path. */
    private final Map<String, List<Jar>> index = new HashMap<>();

    /** @throws IOException if one of the jars can't be opened */
    OpenJars(List<Path> paths) throws IOException {
        super("parley", getPlatformClassLoader());
        for (Path path : paths) {
            Jar jar = new Jar(path);
            for (JarEntry entry : Collections.list(jar.file.entries())) {
                add(entry.getName(), jar);
            }
        }
    }

    private void add(String name, Jar jar) {
        List<Jar> before = index.get(name);
        if (before == null) {
            index.put(name, List.of(jar));
        } else if (!before.contains(jar)) {
            List<Jar> all = new ArrayList<>(before);
            all.add(jar);
            index.put(name, all);
        }
        if (name.startsWith(VERSIONS) && jar.file.isMultiRelease()) {
            int slash = name.indexOf('/', VERSIONS.length());
            if (slash > 0 && slash < name.length() - 1) {
                add(name.substring(slash + 1), jar);
            }
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        for (Jar jar : index.getOrDefault(path, List.of())) {
            JarEntry entry = jar.file.getJarEntry(path);
            if (entry != null) {
                try (InputStream in = jar.file.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    definePackage(name.substring(0, Math.max(0, name.lastIndexOf('.'))), jar);
                    return defineClass(name, bytes, 0, bytes.length, jar.domain);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    private void definePackage(String name, Jar jar) {
        if (getDefinedPackage(name) == null) {
            try {
                definePackage(
                        name,
                        jar.about(Attributes.Name.SPECIFICATION_TITLE),
                        jar.about(Attributes.Name.SPECIFICATION_VERSION),
                        jar.about(Attributes.Name.SPECIFICATION_VENDOR),
                        jar.about(Attributes.Name.IMPLEMENTATION_TITLE),
                        jar.about(Attributes.Name.IMPLEMENTATION_VERSION),
                        jar.about(Attributes.Name.IMPLEMENTATION_VENDOR),
                        null);
            } catch (IllegalArgumentException definedMeanwhile) {
                // Another thread, which loads another class of the package, defined it.
                return;
            }
        }
    }

    @Override
    protected URL findResource(String name) {
        Enumeration<URL> all = findResources(name);
        return all.hasMoreElements() ? all.nextElement() : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        List<URL> found = new ArrayList<>();
        for (Jar jar : index.getOrDefault(name, List.of())) {
            JarEntry entry = jar.file.getJarEntry(name);
            if (entry != null) {
                found.add(jar.url(entry, name));
            }
        }
        return Collections.enumeration(found);
    }

    /** One open jar. */
    private final class Jar {
        private final JarFile file;
        private final URL location;
        private final ProtectionDomain domain;
        private final Manifest manifest;

        private Jar(Path path) throws IOException {
            file = new JarFile(path.toFile(), false, JarFile.OPEN_READ, JarFile.runtimeVersion());
            location = path.toUri().toURL();
            domain = new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null, OpenJars.this, null);
            manifest = file.getManifest();
        }

        private String about(Attributes.Name name) {
            return manifest == null ? null : manifest.getMainAttributes().getValue(name);
        }

        /**
         * A URL with the usual form for an entry of a jar, because Weld takes the path from it. Its connection reads
         * from the open jar.
         */
        private URL url(JarEntry entry, String name) {
            try {
                return new URL("jar", "", -1, location + "!/" + name, new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return new Reading(url, file, entry);
                    }
                });
            } catch (MalformedURLException e) {
                throw new IllegalStateException("every Java knows the protocol jar", e);
            }
        }
    }

    /** Reads one entry. */
    private static final class Reading extends URLConnection {
        private final JarFile file;
        private final JarEntry entry;

        private Reading(URL url, JarFile file, JarEntry entry) {
            super(url);
            this.file = file;
            this.entry = entry;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public long getContentLengthLong() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return file.getInputStream(entry);
        }
    }
}
