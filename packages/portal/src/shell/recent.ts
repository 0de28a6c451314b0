import { useSyncExternalStore } from 'react'

/** Something a person had open: an incident, an order, a draft. */
export interface Recent {
  readonly path: string
  readonly title: string
  readonly draft: boolean
}

const kept = 'haidang.recent'
const limit = 6
const changed = new EventTarget()
let list: readonly Recent[] = read()

function read(): readonly Recent[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(kept) ?? '[]')
    return Array.isArray(value) ? (value as Recent[]).slice(0, limit) : []
  } catch {
    return []
  }
}

function replace(next: readonly Recent[]): void {
  list = next
  localStorage.setItem(kept, JSON.stringify(next))
  changed.dispatchEvent(new Event('change'))
}

/** Nobody has anything open: after signing out. */
export function forgetRecent(): void {
  list = []
  changed.dispatchEvent(new Event('change'))
}

/** Puts a page on top of "Đang làm". */
export function remember(recent: Recent): void {
  if (list[0]?.path === recent.path && list[0].title === recent.title) return
  replace([recent, ...list.filter(({ path }) => path !== recent.path)].slice(0, limit))
}

/** Takes a page away that is no more. */
export function forgetPage(path: string): void {
  if (list.some((one) => one.path === path)) replace(list.filter((one) => one.path !== path))
}

export function useRecent(): readonly Recent[] {
  return useSyncExternalStore(
    (notify) => {
      changed.addEventListener('change', notify)
      return () => changed.removeEventListener('change', notify)
    },
    () => list,
  )
}
