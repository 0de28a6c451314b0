import type { AccessPolicy } from '@haidang/contracts/factor'
import type { Tx } from '@haidang/runtime/database/database'
import { accessPolicy } from './factor-tables.ts'

export class PolicyStore {
  /** Undefined until somebody has changed it. */
  async read(tx: Tx): Promise<AccessPolicy | undefined> {
    const { factor_roles, idle_minutes, absolute_hours } = accessPolicy
    const [row] = await tx.select({ factor_roles, idle_minutes, absolute_hours }).from(accessPolicy)
    return row
  }

  async write(tx: Tx, policy: AccessPolicy): Promise<void> {
    await tx
      .insert(accessPolicy)
      .values({ id: 1, ...policy })
      .onConflictDoUpdate({ target: accessPolicy.id, set: policy })
  }
}
