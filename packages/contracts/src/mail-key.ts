import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { type Label, label } from './label.ts'

/** replaced: it still opens mails that were encrypted to it. */
export const MailKeyState = z.enum(['current', 'replaced', 'revoked'])
export type MailKeyState = z.infer<typeof MailKeyState>

/** An OpenPGP key of the node: signs the encrypted mails that leave, opens those that come in. */
export const MailKey = z.object({
  fingerprint: z.string(),
  name: z.string(),
  address: z.string(),
  state: MailKeyState,
  created_at: Instant,
  expires_at: Instant,
  armoured: z.string().describe('the public key; of a revoked one, with its revocation'),
})
export type MailKey = z.infer<typeof MailKey>

export const mailKeyApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/mail-keys',
    permission: 'public',
    summary: 'The OpenPGP public keys of the node, the current one first',
    reply: z.object({ items: z.array(MailKey) }),
  }),
  make: endpoint({
    method: 'POST',
    path: '/api/v1/mail-keys',
    permission: 'setting.manage',
    summary: 'Make an OpenPGP key for the node; it replaces or revokes the one before',
    body: z.object({
      reason: z.string().trim().min(3).max(1000),
      revoke: z
        .boolean()
        .default(false)
        .describe('the key before may be in other hands: nobody is to use it any more'),
    }),
    reply: MailKey,
  }),
}

export const mailKeyLabels = {
  mailKeyState: {
    current: label('Đang dùng', 'In use'),
    replaced: label('Đã thay', 'Replaced'),
    revoked: label('Đã thu hồi', 'Revoked'),
  } satisfies Record<MailKeyState, Label>,
}
