import { inLanguage } from '@haidang/contracts/advisory'
import type { AdvisoryLinkState, LinkedAdvisory } from '@haidang/contracts/advisory-answer-link'
import { Trans, useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { ContentView } from '../advisories/content-view.tsx'
import { AdvisoryAnswerForm } from './advisory-answer-form.tsx'
import { LinkEnd, LinkPage, type Opened, Shut } from './link-page.tsx'

/** What somebody sees who follows the link in the mail of an advisory: what it says, and one form to answer. */
export function AdvisoryAnswerPage() {
  const { t } = useLingui()
  return (
    <LinkPage
      name="advisory-answer-links"
      title={t`Trả lời cảnh báo`}
      read={(token, signal) => api.advisoryAnswerLinks.read({ body: { token } }, signal)}
    >
      {(opened) => <Body {...opened} />}
    </LinkPage>
  )
}

function Body({ linked, token, said, onTaken, onStale }: Opened<LinkedAdvisory>) {
  const { t } = useLingui()
  const { language } = useWords()
  const { advisory } = linked
  if (!advisory) return <Closed linked={linked} />
  const { content, own } = advisory
  return (
    <div className="flex flex-col gap-5">
      {said ? <Thanks linked={linked} /> : null}
      <header className="flex flex-col gap-2">
        <p className="flex flex-wrap items-center gap-2 text-12">
          <span className="font-mono">{advisory.number}</span>
          <SeverityMark severity={content.severity} word />
          <TlpLabel tlp={content.tlp} />
          {advisory.simulated ? <SimulatedMark /> : null}
        </p>
        <h1 className="text-24">{inLanguage(content.title, language)}</h1>
      </header>
      <Facts>
        <Fact name={t`Hạn trả lời`}>
          {own?.due_at ? <Time at={own.due_at} as="absolute" /> : t`không có hạn`}
          {own?.overdue ? <strong className="ml-2 text-critical">{t`đã quá hạn`}</strong> : null}
        </Fact>
        <Fact name={t`Cơ quan cảnh báo`}>{advisory.issuer_name}</Fact>
        <Fact name={t`Đơn vị`}>{linked.organisation_name}</Fact>
        <Fact name={t`Người trả lời`}>{linked.contact_name}</Fact>
        <Answered linked={linked} />
      </Facts>
      {linked.state === 'open' ? (
        <AdvisoryAnswerForm
          key={own?.assessment}
          answers={linked.answers}
          token={token}
          onTaken={onTaken}
          onStale={onStale}
        />
      ) : null}
      {own && own.details.length > 0 ? (
        <section>
          <h2 className="pb-1 font-semibold text-15">{t`Ghi nhận tại đơn vị`}</h2>
          <pre className="max-h-72 overflow-auto whitespace-pre-wrap break-all rounded-control bg-sunken px-3 py-2 font-mono text-12">
            {own.details.join('\n')}
          </pre>
        </section>
      ) : null}
      <ContentView content={content} />
      <LinkEnd at={linked.expires_at} />
    </div>
  )
}

/** What the organisation answered last. */
function Answered({ linked }: { linked: LinkedAdvisory }) {
  const { t } = useLingui()
  const { label } = useWords()
  const own = linked.advisory?.own
  if (!own?.assessment) return null
  return (
    <Fact name={t`Đã trả lời`}>
      {label('assessment', own.assessment)}
      {own.step === 'returned' ? `, ${label('advisoryStep', own.step)}` : null}
    </Fact>
  )
}

function Thanks({ linked }: { linked: LinkedAdvisory }) {
  const { label } = useWords()
  const own = linked.advisory?.own
  if (!own?.assessment) return null
  return (
    <div role="status" className="rounded-control border-good border-l-4 bg-sunken px-4 py-3">
      <p className="font-semibold text-15">
        <Trans>Đã ghi câu trả lời: {label('assessment', own.assessment)}</Trans>
      </p>
      <p className="text-13 text-ink-2">
        {linked.state === 'open' ? (
          <Trans>Khi đã xử lý xong, hãy mở lại liên kết này để báo lại.</Trans>
        ) : (
          <Trans>Cơ quan cảnh báo sẽ xem câu trả lời. Bạn có thể đóng trang này.</Trans>
        )}
      </p>
    </div>
  )
}

/** Why nothing can be answered here. */
function Closed({ linked }: { linked: LinkedAdvisory }) {
  const { t } = useLingui()
  const { number, cancellation, tlp, state } = linked
  const level = tlp.toUpperCase()
  const titles: Partial<Record<AdvisoryLinkState, string>> = {
    cancelled: t`Cảnh báo ${number} đã hủy, không cần trả lời nữa`,
    replaced: t`Cảnh báo ${number} đã có bản mới`,
    'sign-in': t`Nội dung TLP:${level} chỉ xem được sau khi đăng nhập`,
  }
  const words: Partial<Record<AdvisoryLinkState, string>> = {
    cancelled: t`Lý do: ${cancellation}`,
    replaced: t`Hãy mở liên kết trong thư mới nhất. Câu trả lời cho bản này không còn giá trị.`,
    'sign-in': t`Nếu đơn vị chưa có tài khoản, hãy gọi cơ quan cảnh báo.`,
  }
  return (
    <Shut title={titles[state]} signIn={state === 'sign-in' ? '/advisories' : undefined}>
      {words[state]}
    </Shut>
  )
}
