import type { AdvisoryDraft } from '@haidang/contracts/advisory'
import { useState } from 'react'
import { keepOverReload } from '../../components/over-reload.ts'

/** What is typed into a draft and not saved. */
interface Unsaved {
  /** The revision it is written against. */
  readonly begun: number
  /** The revision its form was filled with. */
  readonly shown: number
}

type DraftId = Pick<AdvisoryDraft, 'id' | 'revision' | 'created_at'>

/**
 * Whether something of a draft is typed and not saved, kept by the browser: until it is saved or thrown away, what others
 * save meanwhile does not take its place.
 */
export function useUnsaved({ id, revision, created_at }: DraftId) {
  // A draft of the next version has the same id as one that was thrown away.
  const key = `advisory.${id}.${created_at}`
  const name = `haidang.draft.${key}`
  const [unsaved, setUnsaved] = useState<Unsaved | null>(
    () => JSON.parse(localStorage.getItem(name) ?? 'null') as Unsaved | null,
  )
  const [round, setRound] = useState(0)
  const keep = (next: Unsaved) => {
    keepOverReload(name, JSON.stringify(next))
    setUnsaved(next)
  }
  return {
    isAny: unsaved !== null,
    /** Somebody else changed the draft since. */
    isStale: unsaved !== null && unsaved.begun !== revision,
    begun: unsaved?.begun ?? revision,
    /** Under which the browser keeps the fields. */
    kept: `${key}.${unsaved?.shown ?? revision}`,
    /** Another each time a form is to be filled anew. */
    round,
    typed: () => {
      if (!unsaved) keep({ begun: revision, shown: revision })
    },
    /** What is typed is meant for the draft as it stands now. */
    holdOn: () => {
      if (unsaved) keep({ begun: revision, shown: unsaved.shown })
    },
    forget: () => {
      localStorage.removeItem(name)
      setRound(round + 1)
      setUnsaved(null)
    },
  }
}
