import type { NotificationPreference } from '@haidang/contracts/notification-preference'
import type { Tx } from '@haidang/runtime/database/database'
import { eq } from 'drizzle-orm'
import { notificationPreference, type PreferenceRow } from './preference-tables.ts'

/** Wishes of people about their mails, always inside a given transaction. */
export class PreferenceStore {
  /** Undefined: the person never said anything. */
  async of(tx: Tx, personId: string): Promise<NotificationPreference | undefined> {
    const [row] = await tx
      .select()
      .from(notificationPreference)
      .where(eq(notificationPreference.person_id, personId))
    return row?.preference
  }

  async put(tx: Tx, row: PreferenceRow): Promise<void> {
    const { person_id: _, ...rest } = row
    await tx
      .insert(notificationPreference)
      .values(row)
      .onConflictDoUpdate({ target: notificationPreference.person_id, set: rest })
  }
}
