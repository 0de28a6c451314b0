import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { Pill, SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { remember } from '../../shell/recent.ts'
import { SubjectDeadlines } from '../deadlines/subject-deadlines.tsx'
import { OrderDocument } from '../documents/order-document.tsx'
import { OrderEffort } from '../efforts/order-effort.tsx'
import { SubjectForms } from '../forms/subject-forms.tsx'
import { LookedAt } from '../readings/looked-at.tsx'
import { AudienceOf } from '../sharing/audience-preview.tsx'
import { AddresseeView } from './addressee-view.tsx'
import { AmendButton } from './amend.tsx'
import { IssuerView } from './issuer-view.tsx'
import { Matrix } from './matrix.tsx'
import { OrderState, urgencyTones } from './order-columns.tsx'
import { RequiredActions } from './required-actions.tsx'
import { Versions } from './versions.tsx'
import { WithdrawButton } from './withdraw.tsx'

const route = getRouteApi('/shell/orders/$id')

/** What is asked, by when, and how far everybody has come; the issuer judges, the addressee answers. */
export function OrderPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['orders', 'one', id],
    queryFn: ({ signal }) => api.orders.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.title ?? t`Lệnh điều phối`}>
      <Asked query={query}>{(order) => <Body order={order} />}</Asked>
    </Page>
  )
}

/** Which entry of the regulations a line of the legal basis was on the day of issue. */
function BasisSource({ cited }: { cited: Order['bases'][number] | undefined }) {
  const { t } = useLingui()
  if (!cited) return null
  const { clause, profile, version } = cited
  return <p className="text-12 text-ink-3">{t`${clause} · ${profile}, bản ${version}`}</p>
}

/** The reader's own ladder, those of a few, or the matrix of many. */
function Ladders({ order }: { order: Order }) {
  if (order.mine === 'addressee') return <AddresseeView order={order} />
  const isWhole = order.addressees.length >= order.tally.addressees
  return isWhole ? <IssuerView order={order} /> : <Matrix order={order} />
}

function Body({ order }: { order: Order }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { id, number, title } = order
  useEffect(
    () => remember({ path: `/orders/${id}`, title: `${number} ${title}`, draft: false }),
    [id, number, title],
  )
  return (
    <>
      <ObjectHead
        line={
          <>
            <span className="font-mono text-ink-2">{order.number}</span>
            <span className="font-medium">{label('orderKind', order.kind)}</span>
            <Pill tone={urgencyTones[order.urgency]}>{label('urgency', order.urgency)}</Pill>
            <OrderState order={order} />
            {order.version > 1 ? <Pill tone="medium">{t`Bản ${order.version}`}</Pill> : null}
            <TlpLabel tlp={order.tlp} />
            {order.simulated ? <SimulatedMark /> : null}
          </>
        }
        title={order.title}
        about={
          <>
            {t`${order.issuer_name} giao`} · <Time at={order.issued_at} as="absolute" />
            {order.report_due_at ? (
              <>
                {' · '}
                {t`báo cáo trước`}{' '}
                <Time at={order.report_due_at} as="absolute" className="font-medium text-ink" /> (
                <Time at={order.report_due_at} />)
              </>
            ) : null}
          </>
        }
        acts={
          order.mine === 'issuer' && order.state === 'issued' ? (
            <>
              <AmendButton order={order} />
              <WithdrawButton order={order} />
            </>
          ) : null
        }
      />
      <TwoColumns
        story={
          <>
            <Ladders order={order} />
            <RequiredActions order={order} />
            {order.version > 1 ? <Versions order={order} /> : null}
            <Section title={t`Tình hình`}>
              <p className="max-w-[70ch] whitespace-pre-wrap pt-2 text-15">{order.situation}</p>
            </Section>
          </>
        }
        facts={
          <>
            <Section title={t`Thông tin`}>
              <Facts>
                <Fact name={t`Nơi giao`}>{order.issuer_name}</Fact>
                <Fact name={t`Người giao`}>{order.issued_by_name}</Fact>
                {order.incident_id ? (
                  <Fact name={t`Thuộc sự cố`}>
                    <Link
                      to="/incidents/$id"
                      params={{ id: order.incident_id }}
                      className="text-accent hover:underline"
                    >
                      {t`Mở sự cố`}
                    </Link>
                  </Fact>
                ) : null}
                {order.legal_basis.length > 0 ? (
                  <Fact name={t`Căn cứ`}>
                    <ul>
                      {order.legal_basis.map((basis) => (
                        <li key={basis}>
                          {basis}
                          <BasisSource cited={order.bases.find(({ text }) => text === basis)} />
                        </li>
                      ))}
                    </ul>
                  </Fact>
                ) : null}
                <Fact name={t`Cập nhật`}>
                  <Time at={order.updated_at} as="absolute" />
                </Fact>
                {order.closed_at ? (
                  <Fact name={t`Kết thúc`}>
                    <Time at={order.closed_at} as="absolute" />
                  </Fact>
                ) : null}
                <Fact name={t`Mã`}>
                  <Identifier value={order.id} />
                </Fact>
              </Facts>
            </Section>
            {order.mine === 'addressee' ? <SubjectDeadlines id={id} /> : null}
            <OrderEffort order={order} />
            <OrderDocument id={id} version={order.updated_at} />
            {order.mine === 'issuer' ? (
              <SubjectForms about="order" subject={id} permission="order.issue" />
            ) : null}
            {order.mine === 'issuer' ? (
              <AudienceOf kind="order" id={order.id} version={order.updated_at} />
            ) : null}
            <LookedAt id={id} />
          </>
        }
      />
    </>
  )
}
