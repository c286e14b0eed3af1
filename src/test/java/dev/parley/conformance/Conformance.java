package dev.parley.conformance;

/** What every server must do, wherever it runs; seen from the other end of a socket. */
abstract class Conformance extends Guests
        implements HandshakeConformance,
                RunsConformance,
                PlainLineConformance,
                HeartbeatConformance,
                WatchConformance,
                ClosingConformance,
                HelloConformance,
                LostWelcomeConformance,
                RequestConformance,
                RoomConformance,
                CallerConformance,
                AttachmentConformance,
                DataConformance,
                SignalConformance,
                FetchConformance,
                ResumeConformance,
                HostileConformance,
                FieldsConformance,
                MutationConformance,
                FramingConformance,
                CrowdConformance,
                BrokenLineConformance {}
