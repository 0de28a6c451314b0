/** A call of one endpoint about the things of one organisation. */
export interface Sample {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** It names nothing of anybody: what it shows must be the caller's own. */
  readonly names?: 'nothing'
}
