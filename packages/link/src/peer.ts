/** The node at the other end, as its certificate and the station registry name it. */
export interface Peer {
  readonly node_id: string
  readonly station_id: string
  readonly organisation_id: string
  readonly name: string
  /** SHA-256 of the key it showed. */
  readonly fingerprint: string
  /** Whether it should fetch a new certificate and the keys to believe before its time. */
  readonly renew?: boolean
}
