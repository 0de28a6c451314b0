import { Tlp } from '@haidang/contracts/tlp'
import { systemScope } from '@haidang/runtime/database/database'
import { ReceivedMailStore } from '../src/modules/received-mails/received-mail-store.ts'
import type { CentreNode } from './centre-node.ts'

/** A mail that came in for an organisation, as the mailbox leaves it; its id. */
export async function addMail(
  { database, newId, clock }: CentreNode,
  organisation_id: string,
  tlp: Tlp,
): Promise<string> {
  const id = newId('receivedMail')
  const row = {
    id,
    organisation_id,
    once: id,
    tlp_rank: Tlp.options.indexOf(tlp),
    kind: 'message' as const,
    state: 'unfiled' as const,
    message_id: '',
    from_name: 'Lan',
    from_address: 'lan@bo.example',
    recipients: [],
    subject: 'Máy chủ bị mã hóa',
    body: 'Xin hỗ trợ',
    size: 10,
    files: [],
    sha256: '',
    opened_sha256: '',
    encryption: 'none' as const,
    signature: 'none' as const,
    signer: '',
    object_id: '',
    delivery_id: '',
    sent_at: null,
    received_at: clock.iso(),
    settled_by: '',
    settled_at: null,
    settled_reason: '',
  }
  await database.transact(systemScope, (tx) => new ReceivedMailStore().add(tx, row))
  return id
}
