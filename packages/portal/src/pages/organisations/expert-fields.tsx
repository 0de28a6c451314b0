import { type Expert, ExpertGround } from '@haidang/contracts/expert'
import { useLingui } from '@lingui/react/macro'
import { ChooseMany } from '../../components/choose-many.tsx'
import { Check, Field, Input, Select } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { CertificateFields } from './certificate-fields.tsx'
import { useSpecialities } from './use-specialities.ts'
import { useUnits } from './use-units.ts'

interface ExpertFieldsProps {
  readonly expert: Expert | undefined
  readonly wrong: Errors
  readonly names: Readonly<Record<string, string>>
}

/** Languages offered first; others are taken by their code. */
const common = ['en', 'zh', 'ja', 'ko', 'fr', 'ru', 'de', 'es', 'lo', 'km', 'th']

/** What the roster asks of an expert. */
export function ExpertFields({ expert, wrong, names }: ExpertFieldsProps) {
  const { t } = useLingui()
  const { label, language } = useWords()
  const { units } = useUnits()
  const { specialities } = useSpecialities()
  const namesOf = new Intl.DisplayNames([language], { type: 'language' })
  return (
    <>
      <Field label={names['name']} error={wrong['name']}>
        <Input name="name" defaultValue={expert?.name} data-first />
      </Field>
      <Field label={t`Chức vụ`} error={wrong['position']}>
        <Input name="position" defaultValue={expert?.position} />
      </Field>
      <ChooseMany
        name="specialities"
        label={names['specialities'] ?? ''}
        choices={specialities}
        defaultValue={expert?.specialities ?? []}
        search={t`Tìm chuyên môn`}
        none={t`chưa chọn`}
        error={wrong['specialities']}
        className="sm:col-span-2"
      />
      <Field label={names['phone']} error={wrong['phone']}>
        <Input name="phone" type="tel" defaultValue={expert?.phone} />
      </Field>
      <Field label={names['email']} error={wrong['email']}>
        <Input name="email" type="email" defaultValue={expert?.email} />
      </Field>
      <Check name="on_call" defaultChecked={expert?.on_call} className="sm:col-span-2">
        {t`Trực: gọi được bất cứ lúc nào theo số trên`}
      </Check>
      <Field label={t`Tỉnh, thành phố`} error={wrong['unit']}>
        <Select key={units.length} name="unit" defaultValue={expert?.unit ?? ''}>
          <option value="">{t`Như của tổ chức`}</option>
          {units.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={names['experience_years']} error={wrong['experience_years']}>
        <Input
          {...{ name: 'experience_years', type: 'number', min: 0, max: 70 }}
          defaultValue={expert?.experience_years ?? 0}
        />
      </Field>
      <CertificateFields certificates={expert?.certificates ?? []} wrong={wrong} />
      <ChooseMany
        name="languages"
        label={t`Ngoại ngữ`}
        choices={common.map((value) => ({ value, name: namesOf.of(value) ?? value }))}
        defaultValue={expert?.languages ?? []}
        search={t`Tìm ngôn ngữ`}
        none={t`không có`}
        also={(text) => /^[a-z]{2}$/.test(text)}
        error={wrong['languages']}
        className="sm:col-span-2"
      />
      <Field label={names['basis']} error={wrong['basis.ground']}>
        <Select name="basis.ground" defaultValue={expert?.basis.ground ?? 'consent'}>
          {ExpertGround.options.map((ground) => (
            <option key={ground} value={ground}>
              {label('expertGround', ground)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Từ ngày`} error={wrong['basis.since']}>
        <Input name="basis.since" type="date" defaultValue={expert?.basis.since} />
      </Field>
      <Field
        label={t`Văn bản ghi căn cứ`}
        help={t`Số phiếu đồng ý hoặc quyết định giao nhiệm vụ`}
        error={wrong['basis.note']}
        className="sm:col-span-2"
      >
        <Input name="basis.note" defaultValue={expert?.basis.note} />
      </Field>
    </>
  )
}
