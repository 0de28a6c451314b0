import type { Addressee, Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { entryOf, RungMark, rungState, rungs } from '../../components/ladder.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { fullTime } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { Entries } from './entries.tsx'
import { JudgeButtons } from './judge.tsx'

/** Addressees against the ladder: one look says who is where and who is late. */
export function IssuerView({ order }: { order: Order }) {
  const { t } = useLingui()
  const { label } = useWords()
  const first = order.addressees.find(({ step }) => step === 'completed') ?? order.addressees[0]
  const [openId, setOpenId] = useState(first?.organisation_id)
  const shown = order.addressees.find(({ organisation_id }) => organisation_id === openId)
  return (
    <>
      <Section
        title={t`Nơi nhận`}
        count={order.addressees.length}
        acts={<SheetLinks path={`/api/v1/orders/${order.id}/addressee-export`} />}
      >
        <Scrolled label={t`Nơi nhận`}>
          <table className="w-full text-13">
            <thead>
              <tr className="text-12 text-ink-3">
                <th className="py-1.5 pr-3 text-left font-medium">{t`Đơn vị`}</th>
                {rungs.map((rung) => (
                  <th
                    key={rung}
                    className="w-14 px-1 py-1.5 text-center align-bottom font-medium leading-tight"
                  >
                    <abbr className="no-underline" title={label('ladderStep', rung)}>
                      {shortened(label('ladderStep', rung))}
                    </abbr>
                  </th>
                ))}
                <th className="py-1.5 pl-3 text-left font-medium">{t`Bước hiện tại`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line border-t">
              {order.addressees.map((addressee) => (
                <tr
                  key={addressee.organisation_id}
                  className={cn(
                    'relative hover:bg-hover',
                    addressee.organisation_id === openId && 'bg-accent-soft',
                  )}
                >
                  <td className="min-w-40 py-1.5 pr-3">
                    <button
                      type="button"
                      aria-expanded={addressee.organisation_id === openId}
                      onClick={() => setOpenId(addressee.organisation_id)}
                      className="min-h-7 text-left font-medium after:absolute after:inset-0"
                    >
                      {addressee.organisation_name}
                    </button>
                    <p className="text-12 text-ink-3">
                      {label('addresseeRole', addressee.role)}
                      {addressee.over_link ? ` · ${t`qua liên kết`}` : ''}
                    </p>
                  </td>
                  {rungs.map((rung) => {
                    const entry = entryOf(addressee, rung)
                    const state = rungState(addressee, rung)
                    const words = `${label('ladderStep', state === 'turned' ? addressee.step : rung)}${entry ? ` · ${entry.actor_name}\n${fullTime(entry.time)}` : ''}`
                    return (
                      <td key={rung} className="px-1 py-1.5" title={words}>
                        <span className="flex justify-center">
                          <RungMark state={state} />
                          <span className="sr-only">
                            {entry || state === 'done' ? words : t`chưa`}
                          </span>
                        </span>
                      </td>
                    )
                  })}
                  <td className="whitespace-nowrap py-1.5 pl-3">
                    {addressee.withdrawn_at ? (
                      <Pill tone="neutral">{t`Đã thu hồi`}</Pill>
                    ) : addressee.overdue ? (
                      <Pill tone="critical">{t`Quá hạn`}</Pill>
                    ) : (
                      <span className="text-ink-2">{label('ladderStep', addressee.step)}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      </Section>
      {shown ? <AddresseeStory order={order} addressee={shown} /> : null}
    </>
  )
}

function AddresseeStory({ order, addressee }: { order: Order; addressee: Addressee }) {
  return (
    <Section
      title={addressee.organisation_name}
      acts={order.mine === 'issuer' ? <JudgeButtons order={order} addressee={addressee} /> : null}
    >
      <Entries order={order} addressee={addressee} />
    </Section>
  )
}

/** `Đã tiếp nhận` as the head of a narrow column: `Tiếp nhận`. */
function shortened(word: string): string {
  const rest = word.replace(/^(Đã|Đang) /, '').replace(/ kết quả$/, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
