import type { EffortSheet } from '@haidang/contracts/effort'
import { useLingui } from '@lingui/react/macro'
import { Section } from '../../components/page.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { useWords } from '../../language/use-words.ts'
import { Dong } from './effort-columns.tsx'
import { useEffortRules } from './use-effort.ts'

/** The lines as claimed, and as found where they were corrected. */
export function EffortLines({ sheet }: { sheet: EffortSheet }) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const rules = useEffortRules()
  const kindName = (kind: string) =>
    rules.data?.kinds.find(({ id }) => id === kind)?.name[language] ?? kind
  const isChecked = sheet.checked !== null
  return (
    <Section title={t`Khối lượng, hao tổn`} count={sheet.lines.length}>
      <Scrolled label={t`Khối lượng, hao tổn`}>
        <table className="w-full text-13">
          <thead>
            <tr className="text-12 text-ink-3">
              <th className="py-1.5 pr-3 text-left font-medium">{t`Nội dung`}</th>
              <th className="px-3 py-1.5 text-right font-medium">{t`Số lượng`}</th>
              <th className="px-3 py-1.5 text-right font-medium">{t`Đơn giá`}</th>
              <th className="py-1.5 pl-3 text-right font-medium">{t`Thành tiền`}</th>
              {isChecked ? (
                <th className="py-1.5 pl-3 text-right font-medium">{t`Thẩm tra`}</th>
              ) : null}
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-t">
            {sheet.lines.map((line, place) => (
              <tr key={place} className="align-top">
                <td className="min-w-48 py-1.5 pr-3">
                  {line.text}
                  <p className="text-12 text-ink-3">
                    {kindName(line.kind)}
                    {line.basis ? ` · ${line.basis}` : ''}
                  </p>
                  {line.checked?.note ? (
                    <p className="text-12 text-medium">{line.checked.note}</p>
                  ) : null}
                </td>
                <td className="whitespace-nowrap px-3 py-1.5 text-right tabular-nums">
                  {number(line.quantity, 3)} {line.unit}
                </td>
                <td className="px-3 py-1.5 text-right">
                  <Dong amount={line.unit_price} />
                </td>
                <td className="py-1.5 pl-3 text-right">
                  <Dong amount={line.amount} />
                </td>
                {isChecked ? (
                  <td className="py-1.5 pl-3 text-right font-medium">
                    {line.checked ? <Dong amount={line.checked.amount} /> : '—'}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t font-medium">
              <td className="py-1.5 pr-3" colSpan={3}>{t`Cộng`}</td>
              <td className="py-1.5 pl-3 text-right">
                <Dong amount={sheet.claimed} />
              </td>
              {sheet.checked === null ? null : (
                <td className="py-1.5 pl-3 text-right">
                  <Dong amount={sheet.checked} />
                </td>
              )}
            </tr>
          </tfoot>
        </table>
      </Scrolled>
    </Section>
  )
}
