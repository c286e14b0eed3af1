package dev.parley.conformance;

class TomcatServerIT extends ProcessConformance {
    TomcatServerIT() {
        super(ContainerProcess.Server.TOMCAT_11, "tomcat");
    }
}
