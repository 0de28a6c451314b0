import type { LinkedOrder, LinkState } from '@haidang/contracts/answer-link'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Pill, SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { urgencyTones } from '../orders/order-columns.tsx'
import { Front } from '../session/front.tsx'
import { AnswerForm } from './answer-form.tsx'
import { AskedActions } from './asked-actions.tsx'

/** What somebody sees who follows the link in the mail of an order: what is wanted, by when, and one form to answer. */
export function AnswerPage() {
  const { t } = useLingui()
  const token = location.hash.slice(1)
  const client = useQueryClient()
  const key = ['answer-links', token]
  const [said, setSaid] = useState(false)
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.answerLinks.read({ body: { token } }, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const taken = (answered: LinkedOrder) => {
    client.setQueryData(key, answered)
    setSaid(true)
  }
  return (
    <Front wide>
      {query.data ? null : <h1 className="pb-3 text-24">{t`Trả lời lệnh điều phối`}</h1>}
      <Asked query={query}>
        {(linked) => (
          <Body
            linked={linked}
            token={token}
            said={said}
            onTaken={taken}
            onStale={() => void query.refetch()}
          />
        )}
      </Asked>
    </Front>
  )
}

interface BodyProps {
  readonly linked: LinkedOrder
  readonly token: string
  readonly said: boolean
  readonly onTaken: (answered: LinkedOrder) => void
  readonly onStale: () => void
}

function Body({ linked, token, said, onTaken, onStale }: BodyProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { order } = linked
  if (!order) return <Shut linked={linked} />
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
      <p className="text-12 text-ink-3">
        {t`Liên kết dành riêng cho đơn vị, xin đừng chuyển tiếp. Dùng được đến`}{' '}
        <Time at={linked.expires_at} as="absolute" />.
      </p>
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
function Shut({ linked }: { linked: LinkedOrder }) {
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
  return (
    <Empty
      whole
      title={titles[linked.state]}
      act={
        linked.state === 'sign-in' ? (
          <Link to="/sign-in" search={{ to: '/orders' }} className="text-accent hover:underline">
            {t`Đăng nhập`}
          </Link>
        ) : undefined
      }
    >
      {words[linked.state]}
    </Empty>
  )
}
