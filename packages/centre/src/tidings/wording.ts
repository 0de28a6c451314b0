import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'

interface Wording {
  readonly title: string
  readonly lines: readonly string[]
  /** What the link in a mail says. */
  readonly act: string
}

/** What kinds of notification say, in both languages. */
export type Wordings<K extends NotificationKind> = Readonly<
  Record<K, Readonly<Record<Language, Wording>>>
>
