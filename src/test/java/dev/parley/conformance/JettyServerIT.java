package dev.parley.conformance;

class JettyServerIT extends ProcessConformance {
    JettyServerIT() {
        super(ContainerProcess.Server.JETTY_EE10, "jetty");
    }
}
