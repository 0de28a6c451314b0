import type { ReceivedMailBody } from '@haidang/contracts/received-mail'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { Pill, TlpLabel, type Tone } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { bytes } from '../../format/number.ts'
import { useWords } from '../../language/use-words.ts'
import { MailActs } from './mail-acts.tsx'
import { MailState } from './received-mails.tsx'

const route = getRouteApi('/shell/mails/$id')

/** One mail that came in: what it says, who says to have written it, and where it belongs. */
export function MailPage() {
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['mails', 'one', id],
    queryFn: ({ signal }) => api.receivedMails.get({ params: { id } }, signal),
  })
  return <Asked query={query}>{(mail) => <Shown mail={mail} />}</Asked>
}

function Shown({ mail }: { mail: ReceivedMailBody }) {
  const { t } = useLingui()
  const title = mail.subject || t`(không có chủ đề)`
  return (
    <Page title={title}>
      <ObjectHead
        line={
          <>
            <Identifier value={mail.id} />
            <MailState mail={mail} />
            <TlpLabel tlp={mail.tlp} />
          </>
        }
        title={title}
        about={
          mail.signature === 'valid'
            ? t`Chữ ký OpenPGP chứng minh người gửi giữ khóa của địa chỉ này. Hình ảnh và mã trong thư đã được bỏ.`
            : t`Người gửi là theo lời thư, chưa được xác minh. Hình ảnh và mã trong thư đã được bỏ.`
        }
        acts={<MailActs mail={mail} />}
      />
      <TwoColumns
        story={
          <Section title={t`Nội dung`}>
            {mail.text.trim() ? (
              <div className="max-w-[70ch] whitespace-pre-wrap break-words text-15">
                {mail.text.trim()}
              </div>
            ) : (
              <p className="text-ink-2">
                {mail.encryption === 'closed'
                  ? t`Thư mã hóa cho khóa mà nút này không có. Nhờ người gửi mã hóa lại bằng khóa đang dùng của nút.`
                  : t`Thư không có phần chữ đọc được.`}
              </p>
            )}
          </Section>
        }
        facts={<MailFacts mail={mail} />}
      />
    </Page>
  )
}

function MailFacts({ mail }: { mail: ReceivedMailBody }) {
  const { t } = useLingui()
  const { label, language } = useWords()
  return (
    <>
      <Section title={t`Thư`}>
        <Facts>
          <Fact name={t`Từ`}>
            {mail.from_name} <span className="break-all text-ink-2">{mail.from_address}</span>
          </Fact>
          {mail.encryption === 'none' ? null : (
            <Fact name={t`Mã hóa`}>{label('mailEncryption', mail.encryption)}</Fact>
          )}
          <Fact name={t`Chữ ký`}>
            <Signature mail={mail} />
          </Fact>
          <Fact name={t`Tới`}>{mail.recipients.join(', ') || '—'}</Fact>
          {mail.sent_at ? (
            <Fact name={t`Viết lúc`}>
              <Time at={mail.sent_at} as="absolute" />
            </Fact>
          ) : null}
          <Fact name={t`Nhận lúc`}>
            <Time at={mail.received_at} as="absolute" />
          </Fact>
          {mail.sha256 ? (
            <Fact name={t`SHA-256 của thư gốc`}>
              <Hash of={mail.sha256} />
            </Fact>
          ) : null}
          {mail.object_id ? (
            <Fact name={t`Về`}>
              <About id={mail.object_id} />
            </Fact>
          ) : null}
          {mail.settled_at ? (
            <Fact name={t`Người xếp`}>
              {mail.settled_by} · <Time at={mail.settled_at} as="absolute" />
              {mail.settled_reason ? <p className="text-ink-2">{mail.settled_reason}</p> : null}
            </Fact>
          ) : null}
        </Facts>
      </Section>
      {mail.files.length > 0 ? (
        <Section title={t`Tệp kèm`}>
          <ul className="flex flex-col gap-1 text-13">
            {mail.files.map(({ name, media_type, size, sha256 }, at) => (
              <li key={`${at} ${name}`} className="break-words">
                {name || media_type}{' '}
                <span className="text-12 text-ink-2">{bytes(size, language)}</span>
                {sha256 ? <Hash of={sha256} /> : null}
              </li>
            ))}
          </ul>
          <p className="pt-2 text-12 text-ink-2">
            {t`Tệp nằm trong thư gốc, chưa được kiểm tra mã độc. Chỉ mở trên máy phân tích.`}
          </p>
        </Section>
      ) : null}
    </>
  )
}

const tones: Record<ReceivedMailBody['signature'], Tone> = {
  none: 'neutral',
  valid: 'good',
  unknown: 'neutral',
  expired: 'medium',
  bad: 'critical',
}

/** Whether OpenPGP proves who wrote it. */
function Signature({ mail: { signature, signer } }: { mail: ReceivedMailBody }) {
  const { label } = useWords()
  return (
    <>
      <Pill tone={tones[signature]}>{label('mailSignature', signature)}</Pill>
      {signer ? <code className="block break-all text-12 text-ink-2">{signer}</code> : null}
    </>
  )
}

/** The hash by which the original bytes are known. */
function Hash({ of }: { of: string }) {
  return <code className="block break-all text-12 text-ink-2">{of}</code>
}

/** What a mail is about, as a link where it has a page. */
function About({ id }: { id: string }) {
  const { t } = useLingui()
  const style = 'text-accent hover:underline'
  if (id.startsWith('ord_')) {
    return (
      <Link to="/orders/$id" params={{ id }} className={style}>
        {t`Mở lệnh`}
      </Link>
    )
  }
  if (id.startsWith('inc_')) {
    return (
      <Link to="/incidents/$id" params={{ id }} className={style}>
        {t`Mở sự cố`}
      </Link>
    )
  }
  if (id.startsWith('irp_')) {
    return (
      <Link to="/incident-reports/$id" params={{ id }} className={style}>
        {t`Mở tin báo`}
      </Link>
    )
  }
  return <Identifier value={id} />
}
