package dev.parley.admission;

/**
 * How much users may do. Immutable.
 *
 * @param attachments the files that one user may send in a day
 * @param attachmentsOfAddress the files that all users of one address may send in a day
 * @param roomsMade the rooms that one user may make in a day
 * @param roomsMadeOfAddress the rooms that all users of one address may make in a day
 * @param rooms the rooms that one connection may be in at one time
 * @param roomsOfUser the same of all connections of one user together
 * @param roomsOfAddress the same of all connections from one address together
 */
public record QuotaLimits(
        int attachments,
        int attachmentsOfAddress,
        int roomsMade,
        int roomsMadeOfAddress,
        int rooms,
        int roomsOfUser,
        int roomsOfAddress) {}
