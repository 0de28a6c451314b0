import type { Regulation } from '@haidang/contracts/regulation'
import { useSyncExternalStore } from 'react'

/** Drafts by profile, as long as the page is open: an imported file finds its page, a page left finds its draft. */
const drafts = new Map<string, Regulation>()
const changed = new EventTarget()

/** Keeps the draft of a profile. */
export function keepDraft(regulation: Regulation): void {
  drafts.set(regulation.profile, regulation)
  changed.dispatchEvent(new Event('draft'))
}

/** Forgets the draft of a profile. */
export function dropDraft(profile: string): void {
  drafts.delete(profile)
  changed.dispatchEvent(new Event('draft'))
}

/** The draft of a profile; undefined where there is none. */
export function useKeptDraft(profile: string): Regulation | undefined {
  return useSyncExternalStore(
    (notify) => {
      changed.addEventListener('draft', notify)
      return () => changed.removeEventListener('draft', notify)
    },
    () => drafts.get(profile),
  )
}
