import { domainToUnicode } from 'node:url'

/** Letters of other scripts that look like a Latin one (from the confusables of UTS 39, the common ones). */
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  ɑ: 'a',
  α: 'a',
  ь: 'b',
  ƅ: 'b',
  с: 'c',
  ϲ: 'c',
  ԁ: 'd',
  ɗ: 'd',
  е: 'e',
  ҽ: 'e',
  ε: 'e',
  ɡ: 'g',
  ց: 'g',
  һ: 'h',
  հ: 'h',
  і: 'i',
  ɩ: 'i',
  ι: 'i',
  ı: 'i',
  ј: 'j',
  ϳ: 'j',
  κ: 'k',
  к: 'k',
  ӏ: 'l',
  ǀ: 'l',
  м: 'm',
  ո: 'n',
  п: 'n',
  η: 'n',
  о: 'o',
  ο: 'o',
  օ: 'o',
  р: 'p',
  ρ: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  τ: 't',
  υ: 'u',
  ս: 'u',
  ν: 'v',
  ѵ: 'v',
  ԝ: 'w',
  ѡ: 'w',
  х: 'x',
  χ: 'x',
  у: 'y',
  ү: 'y',
  γ: 'y',
  ʐ: 'z',
}

/**
 * The name in Latin letters that a name in Punycode looks like, where some of its letters are of another script;
 * undefined where none is. Vietnamese letters are Latin ones and look like nothing else.
 */
export function lookalikeOf(name: string): string | undefined {
  if (!name.includes('xn--')) return undefined
  const shown = domainToUnicode(name)
  let foreign = 0
  const latin = Array.from(shown, (letter) => {
    const like = lookalikes[letter]
    if (like !== undefined) foreign += 1
    return like ?? letter
  }).join('')
  return foreign > 0 && /^[\p{Script=Latin}\d.-]+$/u.test(latin) ? latin : undefined
}
