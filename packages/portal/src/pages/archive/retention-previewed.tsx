import type { RetentionEffect, RetentionPolicy } from '@haidang/contracts/archive'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { Failure } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'

/** What the draft would delete at its next turn, beside the policy in force. */
export function RetentionPreviewed({ policy }: { policy: RetentionPolicy }) {
  const { t } = useLingui()
  const { number, bytes } = useWords()
  const preview = useMutation({
    mutationFn: () => api.archive.previewRetention({ body: { policy } }),
  })
  const rows = (effect: RetentionEffect) => [
    `${number(effect.events)} (${bytes(effect.event_bytes)})`,
    number(effect.waiting),
    `${number(effect.file_events)} (${bytes(effect.file_bytes)})`,
  ]
  const names = [
    t`Xóa khỏi kho sự kiện`,
    t`Trong đó còn chờ lưu trữ, chưa xóa`,
    t`Xóa khỏi kho lưu trữ`,
  ]
  const found = preview.data
  return (
    <div>
      <Button
        refusal={preview.isPending ? t`Đang tính` : undefined}
        onClick={() => preview.mutate()}
      >{t`Xem trước`}</Button>
      {preview.error ? <Failure error={preview.error} onRetry={() => preview.mutate()} /> : null}
      {found ? (
        <Scrolled label={t`Lượt kế tiếp sẽ xóa`}>
          <table className="mt-2 w-full text-left text-13">
            <thead>
              <tr className="text-12 text-ink-3">
                <th scope="col" className="py-1 pr-4 font-normal">{t`Lượt kế tiếp sẽ xóa`}</th>
                <th scope="col" className="py-1 pr-4 font-normal">{t`Đang có hiệu lực`}</th>
                <th scope="col" className="py-1 font-normal">{t`Bản nháp`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {names.map((name, at) => (
                <tr key={name}>
                  <th scope="row" className="py-1.5 pr-4 font-normal">
                    {name}
                  </th>
                  <td className="py-1.5 pr-4">{rows(found.in_force)[at]}</td>
                  <td className="py-1.5">{rows(found.tried)[at]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      ) : null}
    </div>
  )
}
