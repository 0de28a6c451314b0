import { kindRules } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import { tlpOf } from '@haidang/contracts/tlp'
import { htmlOf, type Letter, textOf } from '@haidang/runtime/mail/letter'
import type { Mail } from '@haidang/runtime/mail/mail-transport'
import type { MailTokens } from '../../mail-token.ts'
import { vietnamTime } from '../../vietnam-date.ts'
import type { Protection } from '../mail-keys/protection-service.ts'
import type { DeliveryRow, NotificationRow } from './notification-tables.ts'
import { actOf } from './notification-texts.ts'

interface WriterParts {
  readonly tokens: MailTokens
  /** Opens what a delivery of this id has sealed. */
  readonly open: (id: string, sealed: string) => string
  /** Address of the portal, without a slash at its end. */
  readonly portal: string
  readonly nodeName: () => string
  readonly simulated: boolean
}

/** A mail and what it tells of. */
export interface Due {
  readonly row: DeliveryRow
  readonly told: NotificationRow
}

/** What a mail says before it is put into its parts. */
interface Draft {
  /** Of what many may read. */
  readonly bare: string
  readonly title: string
  readonly thread: string
  readonly lines: readonly string[]
  readonly link: Letter['link']
}

/** The words of mails, in the language of their reader. */
export class MailWriter {
  readonly #parts: WriterParts

  constructor(parts: WriterParts) {
    this.#parts = parts
  }

  /** One mail about one thing. */
  single({ row, told }: Due, way: Protection): Mail {
    const { open, portal } = this.#parts
    const { language, kind } = row
    const isSilent = way.protection === 'link-only'
    const vi = language === 'vi'
    const bare = kindRules[kind].name[language]
    const title = isSilent ? bare : told.title
    const hidden = vi ? 'Nội dung chỉ xem được trong cổng.' : 'Read it in the portal.'
    const path = row.sealed ? open(row.id, row.sealed) : told.path
    const said = isSilent ? [title, hidden, ...unusable(way, language)] : told.text.split('\n')
    return this.#mail(row, way, {
      bare,
      title,
      thread: row.object_id,
      lines: way.encrypt ? [title, ...said] : said,
      link: path ? { url: `${portal}${path}`, label: actOf(kind, language) } : undefined,
    })
  }

  /** One mail about several things; `isShown` says of which its words may be read on this way. */
  digest(dues: readonly [Due, ...Due[]], way: Protection, isShown: (due: Due) => boolean): Mail {
    const [{ row }] = dues
    const { language } = row
    const vi = language === 'vi'
    const count = dues.length
    const title = vi ? `${count} thông báo mới` : `${count} new notifications`
    const lines = dues.map((due) => {
      const words = isShown(due) ? due.told.title : kindRules[due.row.kind].name[language]
      return `${vietnamTime(due.row.created_at, language)}: ${words}`
    })
    return this.#mail({ ...row, id: row.digest_id, tlp_rank: rankOf(dues, isShown) }, way, {
      title,
      bare: title,
      thread: `digest.${row.digest_id}`,
      lines: [...unusable(way, language), ...lines],
      link: {
        url: `${this.#parts.portal}/notifications`,
        label: vi ? 'Xem các thông báo' : 'Open the notifications',
      },
    })
  }

  #mail(row: DeliveryRow, { encrypt }: Protection, draft: Draft): Mail {
    const { nodeName, simulated, tokens } = this.#parts
    const { bare, title, thread, lines, link } = draft
    const vi = row.language === 'vi'
    const mark = simulated ? (vi ? '[MÔ PHỎNG] ' : '[SIMULATED] ') : ''
    const letter = {
      lines,
      link,
      footer: [
        `${nodeName()} · TLP:${tlpOf(row.tlp_rank).toUpperCase()}`,
        vi
          ? 'Thư tự động của Hải Đăng. Chúng tôi không bao giờ hỏi mật khẩu.'
          : 'Sent by Hải Đăng, automatically. We never ask for passwords.',
      ],
    }
    return {
      thread,
      id: tokens.sign(row.id),
      subject: `${mark}${encrypt ? bare : title}`,
      to: { name: row.recipient_name, address: row.address },
      text: textOf(letter),
      html: htmlOf(letter),
      sealed: encrypt && { subject: `${mark}${title}`, encrypt },
    }
  }
}

/** Of what is really in the mail. */
function rankOf(dues: readonly Due[], isShown: (due: Due) => boolean): number {
  return Math.max(0, ...dues.filter(isShown).map(({ row }) => row.tlp_rank))
}

function unusable({ refusal }: Protection, language: Language): string[] {
  if (!refusal) return []
  return [
    language === 'vi'
      ? 'Không dùng được khóa OpenPGP của bạn nữa, hãy thay khóa khác.'
      : 'Your OpenPGP key cannot be used any more; replace it.',
  ]
}
