/** What a parser answers: fields, or why there are none. Parsers never throw. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | Unreadable

export interface Unreadable {
  readonly ok: false
  /** Stable code, `format.what-is-wrong`. */
  readonly reason: string
  readonly detail: string
}

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value }
}

/** `detail` is cut to 300 characters: it may quote the hostile record. */
export function unreadable(reason: string, detail: string): Unreadable {
  return { ok: false, reason, detail: detail.slice(0, 300) }
}
