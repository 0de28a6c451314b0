import { useCallback, useSyncExternalStore } from 'react'

const changed = new EventTarget()
const cache = new Map<string, readonly string[]>()
const none: readonly string[] = []

function read(key: string): readonly string[] {
  const found = cache.get(key)
  if (found) return found
  const value = localStorage.getItem(key)?.split(',').filter(Boolean) ?? none
  cache.set(key, value)
  return value
}

/** Columns a person has put away in a table, kept in this browser. */
export function useHiddenColumns(table: string) {
  const key = `haidang.columns.${table}`
  const hidden = useSyncExternalStore(
    useCallback((notify) => {
      changed.addEventListener('change', notify)
      return () => changed.removeEventListener('change', notify)
    }, []),
    () => read(key),
  )
  const setHidden = (next: readonly string[]) => {
    cache.set(key, next)
    localStorage.setItem(key, next.join(','))
    changed.dispatchEvent(new Event('change'))
  }
  return [hidden, setHidden] as const
}
