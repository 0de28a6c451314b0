import type { LinkedOrder, LinkState } from '@haidang/contracts/answer-link'
import { Trans, useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { Pill, SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { urgencyTones } from '../orders/order-columns.tsx'
import { AnswerForm } from './answer-form.tsx'
import { AskedActions } from './asked-actions.tsx'
import { LinkEnd, LinkPage, type Opened, Shut } from './link-page.tsx'

/** What somebody sees who follows the link in the mail of an order: what is wanted, by when, and one form to answer. */
export function AnswerPage() {
  const { t } = useLingui()
  return (
    <LinkPage
      name="answer-links"
      title={t`Trả lời lệnh điều phối`}
      read={(token, signal) => api.answerLinks.read({ body: { token } }, signal)}
    >
      {(opened) => <Body {...opened} />}
    </LinkPage>
  )
}

function Body({ linked, token, said, onTaken, onStale }: Opened<LinkedOrder>) {
  const { t } = useLingui()
  const { label } = useWords()
  const { order } = linked
  if (!order) return <Closed linked={linked} />
  const [own] = order.addressees
  const due = own?.due_at ?? order.report_due_at
  return (
    <div className="flex flex-col gap-5">
      {said ? <Thanks linked={linked} /> : null}
      <header className="flex flex-col gap-2">
        <p className="flex flex-wrap items-center gap-2 text-12">
          <span className="font-mono">{order.number}</span>
          <Pill tone={urgencyTones[order.urgency]}>{label('urgency', order.urgency)}</Pill>
          <TlpLabel tlp={order.tlp} />
          {order.simulated ? <SimulatedMark /> : null}
        </p>
        <h1 className="text-24">{order.title}</h1>
      </header>
      <Facts>
        <Fact name={t`Hạn báo cáo`}>
          {due ? <Time at={due} as="absolute" /> : t`không có hạn`}
          {own?.overdue ? <strong className="ml-2 text-critical">{t`đã quá hạn`}</strong> : null}
        </Fact>
        <Fact name={t`Cơ quan giao`}>{order.issuer_name}</Fact>
        <Fact name={t`Đơn vị thực hiện`}>{linked.organisation_name}</Fact>
        <Fact name={t`Người trả lời`}>{linked.contact_name}</Fact>
        {own ? <Fact name={t`Đang ở bước`}>{label('ladderStep', own.step)}</Fact> : null}
      </Facts>
      <p className="whitespace-pre-wrap text-15">{order.situation}</p>
      <AskedActions order={order} />
      {linked.state === 'open' ? (
        <AnswerForm
          key={own?.entries.at(-1)?.id}
          order={order}
          answers={linked.answers}
          token={token}
          onTaken={onTaken}
          onStale={onStale}
        />
      ) : null}
      <LinkEnd at={linked.expires_at} />
    </div>
  )
}

function Thanks({ linked }: { linked: LinkedOrder }) {
  const { label } = useWords()
  const last = linked.order?.addressees[0]?.entries.at(-1)
  if (!last) return null
  return (
    <div role="status" className="rounded-control border-good border-l-4 bg-sunken px-4 py-3">
      <p className="font-semibold text-15">
        <Trans>Đã ghi câu trả lời: {label('ladderStep', last.step)}</Trans>
      </p>
      <p className="text-13 text-ink-2">
        <Time at={last.time} as="absolute" />
        {'. '}
        {linked.state === 'open' ? (
          <Trans>Khi có kết quả, hãy mở lại liên kết này để báo cáo.</Trans>
        ) : (
          <Trans>Cơ quan giao lệnh sẽ xem và phản hồi. Bạn có thể đóng trang này.</Trans>
        )}
      </p>
    </div>
  )
}

/** Why nothing can be answered here. */
function Closed({ linked }: { linked: LinkedOrder }) {
  const { t } = useLingui()
  const { number, withdrawal, tlp } = linked
  const level = tlp.toUpperCase()
  const titles: Partial<Record<LinkState, string>> = {
    withdrawn: t`Lệnh ${number} đã thu hồi, không cần trả lời nữa`,
    replaced: t`Lệnh ${number} đã có bản mới`,
    closed: t`Lệnh ${number} đã đóng`,
    'sign-in': t`Nội dung TLP:${level} chỉ xem được sau khi đăng nhập`,
  }
  const words: Partial<Record<LinkState, string>> = {
    withdrawn: t`Lý do: ${withdrawal}`,
    replaced: t`Hãy mở liên kết trong thư mới nhất. Câu trả lời cho bản này không còn giá trị.`,
    closed: t`Không cần làm gì thêm.`,
    'sign-in': t`Nếu đơn vị chưa có tài khoản, hãy gọi cơ quan giao lệnh.`,
  }
  const isHidden = linked.state === 'sign-in'
  return (
    <Shut title={titles[linked.state]} signIn={isHidden ? '/orders' : undefined}>
      {words[linked.state]}
    </Shut>
  )
}
