import { useCallback, useMemo, useRef, useState } from 'react'
import { useKeys } from '../keys/keyboard.ts'

export interface ListOptions<T> {
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
  readonly onOpen?: (row: T) => void
  readonly onPeek?: (id: string | null) => void
  readonly peeked?: string | null
  readonly selectable?: boolean
  /** Whether two rows are chosen together with one key. */
  readonly alike?: (a: T, b: T) => boolean
  /** Called when the keyboard starts to move in the list, so that it is kept still. */
  readonly onMove?: () => void
}

/** Cursor and selection of a list, and the keys that move them. */
export function useList<T>({
  rows,
  idOf,
  onOpen,
  onPeek,
  peeked,
  selectable = false,
  alike,
  onMove,
}: ListOptions<T>) {
  const [cursor, setCursor] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const anchor = useRef<string | null>(null)
  const place = useRef(0)
  const ids = useMemo(() => rows.map(idOf), [rows, idOf])

  const point = useCallback(
    (id: string) => {
      setCursor(id)
      place.current = Math.max(0, ids.indexOf(id))
      if (peeked) onPeek?.(id)
    },
    [ids, peeked, onPeek],
  )
  const step = (by: number) => {
    const at = cursor ? ids.indexOf(cursor) : -1
    // A row that was just closed leaves its place to the next one.
    const wanted = at < 0 ? place.current : at + by
    place.current = Math.max(0, Math.min(ids.length - 1, wanted))
    const next = ids[place.current]
    onMove?.()
    if (next) point(next)
  }
  const toggle = useCallback(
    (id: string, range: boolean) => {
      const from = range && anchor.current ? ids.indexOf(anchor.current) : -1
      const to = ids.indexOf(id)
      anchor.current = id
      setCursor(id)
      setChosen((old) => {
        const next = new Set(old)
        if (from >= 0)
          for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each)
        else if (!next.delete(id)) next.add(id)
        return next
      })
    },
    [ids],
  )
  const toggleAll = useCallback(
    () => setChosen((old) => (ids.every((id) => old.has(id)) ? new Set() : new Set(ids))),
    [ids],
  )
  const chooseAlike = () => {
    const like = rows.find((row) => idOf(row) === cursor)
    if (!like || !alike) return
    const found = rows.filter((row) => alike(like, row)).map(idOf)
    setChosen((old) => new Set([...old, ...found]))
  }
  const clear = useCallback(() => setChosen(new Set()), [])
  const leave = () => {
    if (peeked) onPeek?.(null)
    else clear()
  }
  const pointed = rows.find((row) => idOf(row) === cursor)
  useKeys({
    down: () => step(1),
    ...(selectable
      ? {
          select: () => cursor && toggle(cursor, false),
          'select-range': () => cursor && toggle(cursor, true),
          'select-all': toggleAll,
          ...(alike ? { 'select-alike': chooseAlike } : {}),
        }
      : {}),
    up: () => step(-1),
    escape: leave,
    ...(onOpen ? { open: () => pointed && onOpen(pointed) } : {}),
    ...(onPeek ? { peek: () => cursor && onPeek(peeked === cursor ? null : cursor) } : {}),
  })
  // What left the list (closed, filtered away) is no longer chosen.
  const present = useMemo(() => new Set(ids.filter((id) => chosen.has(id))), [ids, chosen])
  return { cursor, point, pointed, chosen: present, toggle, toggleAll, clear }
}
