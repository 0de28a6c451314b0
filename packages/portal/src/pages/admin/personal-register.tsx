import { personalDataRegister } from '@haidang/contracts/personal-data'
import { useLingui } from '@lingui/react/macro'
import { Section } from '../../components/page.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { useWords } from '../../language/use-words.ts'

/** The register of processing: what of whom, why, on what ground, who sees it, until when, where. */
export function PersonalRegister() {
  const { t } = useLingui()
  const { language } = useWords()
  const heads = {
    subjects: t`Của ai`,
    purpose: t`Mục đích`,
    basis: t`Căn cứ`,
    readers: t`Ai xem được`,
    kept: t`Thời hạn`,
  }
  return (
    <Section
      title={t`Sổ đăng ký xử lý dữ liệu cá nhân`}
      acts={<SheetLinks path="/api/v1/personal-data/register" />}
    >
      <ul className="divide-y divide-line border-y">
        {personalDataRegister.map(({ id, data, columns, ...entry }) => (
          <li key={id} className="py-3">
            <h3 className="font-medium">{data[language]}</h3>
            <dl className="mt-1 grid gap-x-6 gap-y-1 text-13 md:grid-cols-2">
              {Object.entries(heads).map(([field, head]) => (
                <div key={field} className="min-w-0">
                  <dt className="text-12 text-ink-3">{head}</dt>
                  <dd className="break-words">{entry[field as keyof typeof heads][language]}</dd>
                </div>
              ))}
            </dl>
            <details className="mt-1 text-13">
              <summary className="cursor-pointer text-ink-2">{t`Ở đâu`}</summary>
              <p className="break-all font-mono text-12">{columns.join(', ')}</p>
            </details>
          </li>
        ))}
      </ul>
    </Section>
  )
}
