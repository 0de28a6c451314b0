/** What a peer sent breaks its protocol or a bound; the connection is closed and the reason told to the operator. */
export class ProtocolError extends Error {}
