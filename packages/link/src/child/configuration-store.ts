import type { Tx } from '@haidang/runtime/database/database'
import { eq } from 'drizzle-orm'
import {
  type DirectedConfigurationRow,
  directedConfiguration,
  type SettingConsentRow,
  settingConsent,
} from './configuration-tables.ts'

/** What the parent set at this node and what its owner lets it, always inside a given transaction. */
export class ConfigurationStore {
  /** What was set last, locked until the transaction ends. */
  async get(tx: Tx): Promise<DirectedConfigurationRow | undefined> {
    const [row] = await tx
      .select()
      .from(directedConfiguration)
      .where(eq(directedConfiguration.one, true))
      .for('update')
    return row
  }

  async put(tx: Tx, row: DirectedConfigurationRow): Promise<void> {
    await tx
      .insert(directedConfiguration)
      .values(row)
      .onConflictDoUpdate({ target: directedConfiguration.one, set: row })
  }

  async consents(tx: Tx): Promise<SettingConsentRow[]> {
    return await tx.select().from(settingConsent)
  }

  async decide(tx: Tx, row: SettingConsentRow): Promise<void> {
    await tx
      .insert(settingConsent)
      .values(row)
      .onConflictDoUpdate({ target: settingConsent.name, set: row })
  }
}
