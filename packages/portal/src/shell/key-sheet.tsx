import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { Check } from '../components/field.tsx'
import { Keys } from '../components/keys.tsx'
import { setSingleKeys, singleKeysOn } from '../keys/keyboard.ts'
import { type KeyName, printed, sheet } from '../keys/sheet.ts'

/** Every key, from the one registry the pages bind to. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [single, setSingle] = useState(singleKeysOn)
  const names = Object.keys(sheet) as KeyName[]
  const groups = {
    everywhere: t`Ở mọi trang`,
    list: t`Trong danh sách`,
    triage: t`Xử lý cảnh báo`,
    order: t`Trên trang sự cố và lệnh`,
  }
  const turn = (on: boolean) => {
    setSingleKeys(on)
    setSingle(on)
  }
  return (
    <Dialog open onClose={onClose} title={t`Bảng phím`} wide>
      <div className="gap-8 sm:columns-2">
        {Object.entries(groups).map(([group, title]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="pb-1 text-12 text-ink-3">{title}</h3>
            <dl className="divide-y divide-line">
              {names
                .filter((name) => sheet[name].group === group)
                .map((name) => (
                  <div
                    key={name}
                    className="flex min-h-7 items-center justify-between gap-4 py-0.5"
                  >
                    <dt>{i18n._(sheet[name].label)}</dt>
                    <dd>
                      <Keys keys={printed(name)} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Check checked={single} onChange={(event) => turn(event.currentTarget.checked)}>
        {t`Dùng phím đơn (tắt nếu bạn điều khiển bằng giọng nói)`}
      </Check>
    </Dialog>
  )
}
