import type { RegulationPreview } from '@haidang/contracts/regulation-api'
import { useLingui } from '@lingui/react/macro'
import { Scrolled } from '../../components/scrolled.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { ChangeList } from './change-list.tsx'

/** What a draft would change, and which open deadlines it would move. */
export function ProfilePreview({ found }: { found: RegulationPreview }) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const { changes, moved, moved_count, examined, open, superseded_by } = found
  return (
    <div className="flex flex-col gap-3">
      <ChangeList changes={changes} />
      <p className="text-13 text-ink-2">
        {t`${number(moved_count)} thời hạn thay đổi; đã xét ${number(examined)} trong ${number(open)} sự cố và lệnh đang mở.`}
      </p>
      {superseded_by.map(({ version, effective_from }) => (
        <p key={version} className="text-13 text-medium">
          {t`Bản ${version} đã ban hành sẽ thay bản này từ ${plainDate(effective_from)}.`}
        </p>
      ))}
      {moved.length > 0 ? (
        <Scrolled label={t`Thời hạn thay đổi`}>
          <table className="w-full text-left text-13">
            <thead>
              <tr className="text-12 text-ink-3">
                <th scope="col" className="py-1 pr-4 font-normal">{t`Sự cố, lệnh`}</th>
                <th scope="col" className="py-1 pr-4 font-normal">{t`Thời hạn`}</th>
                <th scope="col" className="py-1 pr-4 font-normal">{t`Hiện nay`}</th>
                <th scope="col" className="py-1 font-normal">{t`Bản nháp`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {moved.map(({ subject, label, deadline, name, before, after }) => (
                <tr key={`${subject} ${label} ${deadline}`}>
                  <td className="py-1 pr-4">{label}</td>
                  <td className="py-1 pr-4">{name[language]}</td>
                  <td className="py-1 pr-4">
                    {before ? <Time at={before} as="absolute" /> : t`không có`}
                  </td>
                  <td className="py-1">
                    {after ? <Time at={after} as="absolute" /> : t`không có`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      ) : null}
    </div>
  )
}
