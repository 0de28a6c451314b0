import type { UserAgentFacts } from '@haidang/contracts/enrichment'

type Kind = UserAgentFacts['kind']

const longest = 512
const longestVersion = 32

/**
 * Product tokens (RFC 9110 section 10.1.5) by what sends them, in lower case. Browsers name several, the most
 * particular of which stands first here; tools and crawlers that pose as browsers stand before them.
 */
const products: readonly (readonly [Kind, string, string])[] = [
  ['tool', 'sqlmap', 'sqlmap'],
  ['tool', 'nikto', 'Nikto'],
  ['tool', 'nmap scripting engine', 'Nmap'],
  ['tool', 'masscan', 'masscan'],
  ['tool', 'zgrab', 'ZGrab'],
  ['tool', 'nuclei', 'Nuclei'],
  ['tool', 'gobuster', 'Gobuster'],
  ['tool', 'dirbuster', 'DirBuster'],
  ['tool', 'feroxbuster', 'feroxbuster'],
  ['tool', 'fuzz faster u fool', 'ffuf'],
  ['tool', 'wpscan', 'WPScan'],
  ['tool', 'acunetix', 'Acunetix'],
  ['tool', 'openvas', 'OpenVAS'],
  ['tool', 'nessus', 'Nessus'],
  ['tool', 'whatweb', 'WhatWeb'],
  ['tool', 'censysinspect', 'Censys'],
  ['tool', 'hydra', 'Hydra'],
  ['tool', 'metasploit', 'Metasploit'],
  ['bot', 'googlebot', 'Googlebot'],
  ['bot', 'bingbot', 'Bingbot'],
  ['bot', 'coccocbot', 'coccocbot'],
  ['bot', 'yandexbot', 'YandexBot'],
  ['bot', 'baiduspider', 'Baiduspider'],
  ['bot', 'duckduckbot', 'DuckDuckBot'],
  ['bot', 'applebot', 'Applebot'],
  ['bot', 'facebookexternalhit', 'facebookexternalhit'],
  ['bot', 'ahrefsbot', 'AhrefsBot'],
  ['bot', 'semrushbot', 'SemrushBot'],
  ['bot', 'gptbot', 'GPTBot'],
  ['bot', 'claudebot', 'ClaudeBot'],
  ['bot', 'bytespider', 'Bytespider'],
  ['library', 'curl', 'curl'],
  ['library', 'wget', 'Wget'],
  ['library', 'python-requests', 'Requests'],
  ['library', 'python-urllib', 'urllib'],
  ['library', 'aiohttp', 'aiohttp'],
  ['library', 'go-http-client', 'Go'],
  ['library', 'okhttp', 'OkHttp'],
  ['library', 'apache-httpclient', 'Apache HttpClient'],
  ['library', 'java', 'Java'],
  ['library', 'libwww-perl', 'libwww-perl'],
  ['library', 'axios', 'Axios'],
  ['library', 'node-fetch', 'node-fetch'],
  ['library', 'guzzlehttp', 'Guzzle'],
  ['library', 'windowspowershell', 'PowerShell'],
  ['library', 'powershell', 'PowerShell'],
  ['library', 'microsoft-cryptoapi', 'Windows CryptoAPI'],
  ['library', 'microsoft bits', 'Windows BITS'],
  ['browser', 'coc_coc_browser', 'Cốc Cốc'],
  ['browser', 'edg', 'Edge'],
  ['browser', 'edga', 'Edge'],
  ['browser', 'edgios', 'Edge'],
  ['browser', 'edge', 'Edge'],
  ['browser', 'opr', 'Opera'],
  ['browser', 'samsungbrowser', 'Samsung Internet'],
  ['browser', 'ucbrowser', 'UC Browser'],
  ['browser', 'yabrowser', 'Yandex Browser'],
  ['browser', 'vivaldi', 'Vivaldi'],
  ['browser', 'fxios', 'Firefox'],
  ['browser', 'firefox', 'Firefox'],
  ['browser', 'crios', 'Chrome'],
  ['browser', 'headlesschrome', 'Headless Chrome'],
  ['browser', 'chrome', 'Chrome'],
  ['browser', 'safari', 'Safari'],
  ['browser', 'msie', 'Internet Explorer'],
  ['browser', 'trident', 'Internet Explorer'],
]

/** First match counts: an Android says it is a Linux, too. */
const systems: readonly (readonly [string, string])[] = [
  ['windows nt 10', 'Windows 10/11'],
  ['windows nt 6.3', 'Windows 8.1'],
  ['windows nt 6.2', 'Windows 8'],
  ['windows nt 6.1', 'Windows 7'],
  ['windows nt 6.0', 'Windows Vista'],
  ['windows nt 5.1', 'Windows XP'],
  ['windows', 'Windows'],
  ['iphone', 'iOS'],
  ['ipad', 'iPadOS'],
  ['android', 'Android'],
  ['mac os x', 'macOS'],
  ['cros', 'ChromeOS'],
  ['linux', 'Linux'],
]

/** Reads a user agent; undefined for one that names nothing known. Looks at its first 512 characters only. Linear. */
export function readUserAgent(text: string): UserAgentFacts | undefined {
  const lower = text.slice(0, longest).toLowerCase()
  const system = systems.find(([mark]) => lower.includes(mark))?.[1]
  const os = system === undefined ? {} : { os: system }
  for (const [kind, token, name] of products) {
    const at = tokenAt(lower, token)
    if (at < 0) continue
    const version = stated(lower, text, token) ?? versionAt(text, at + token.length)
    return { name, ...(version !== undefined && { version }), ...os, kind }
  }
  return /bot\b|crawler|spider/.test(lower)
    ? { name: nameOfBot(text), ...os, kind: 'bot' }
    : undefined
}

/** Where a product token stands as a word of its own, or -1. */
function tokenAt(lower: string, token: string): number {
  for (let at = lower.indexOf(token); at >= 0; at = lower.indexOf(token, at + 1)) {
    if (!isLetter(lower.charCodeAt(at - 1)) && !isLetter(lower.charCodeAt(at + token.length))) {
      return at
    }
  }
  return -1
}

/** Letters of a token, of any alphabet; a hyphen joins. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || code === 45 || code > 127
}

function versionAt(text: string, at: number): string | undefined {
  const [version] = /^[/: ]v?\d[\w.]*/.exec(text.slice(at, at + longestVersion)) ?? []
  return version?.replace(/^[/: ]v?/, '')
}

/** Safari and the last Internet Explorer state their version elsewhere. */
function stated(lower: string, text: string, token: string): string | undefined {
  const mark = token === 'safari' ? 'version' : token === 'trident' ? 'rv' : undefined
  const at = mark === undefined ? -1 : lower.indexOf(mark)
  return at < 0 ? undefined : versionAt(text, at + (mark?.length ?? 0))
}

/** The word that says it is a crawler. */
function nameOfBot(text: string): string {
  const [name] = /[\w-]{0,40}(?:bot|crawler|spider)/i.exec(text.slice(0, longest)) ?? []
  return name ?? 'bot'
}
