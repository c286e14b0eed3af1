package shop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The pages get their data from {@code api/…}. */
@ApplicationPath("api")
public class Api extends Application {}
