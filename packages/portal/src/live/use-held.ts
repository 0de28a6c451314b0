import { useRef, useState } from 'react'

/**
 * Keeps a list still while somebody points at it or has the focus in it: what came meanwhile waits behind "12 mới".
 * Rows that are already shown keep changing in place.
 */
export function useHeld<T>(rows: readonly T[], idOf: (row: T) => string, scope: string) {
  const [busy, setBusy] = useState(false)
  const shown = useRef<{ scope: string; ids: readonly string[] }>({ scope: '', ids: [] })
  const byId = new Map(rows.map((row) => [idOf(row), row]))
  const release = () => {
    shown.current = { scope, ids: [...byId.keys()] }
  }
  const still = busy && shown.current.scope === scope && shown.current.ids.length > 0
  if (!still) release()
  const known = new Set(shown.current.ids)
  const lastKnown = rows.findLastIndex((row) => known.has(idOf(row)))
  // Rows after the last known one are the next page being scrolled to, not news.
  const appended = still ? rows.slice(lastKnown + 1) : []
  const held = still
    ? [...shown.current.ids.flatMap((id) => byId.get(id) ?? []), ...appended]
    : [...rows]
  const waiting = still ? rows.length - held.length : 0
  return { held, waiting, release: () => setBusy(false), setBusy }
}
