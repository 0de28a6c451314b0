import type { TimelineEntry } from '@haidang/contracts/incident'
import type { JournalEntry } from '@haidang/contracts/journal'

type Told = 'id' | 'time' | 'type' | 'actor_name' | 'reason' | 'subject' | 'before' | 'after'

/** A journal entry as the story of an incident shows it. */
export function timelineEntry(entry: Pick<JournalEntry, Told>): TimelineEntry {
  const { id, time, type, actor_name, reason, subject, before, after } = entry
  return { id, time, kind: type, actor_name, text: reason, subject, before, after }
}
