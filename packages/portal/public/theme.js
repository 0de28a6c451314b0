// Sets the theme before the first paint; a file of its own because the content security policy allows no inline script.
const kept = localStorage.getItem('haidang.theme')
const dark = matchMedia('(prefers-color-scheme: dark)').matches
const contrast = matchMedia('(prefers-contrast: more)').matches
document.documentElement.dataset.theme = kept ?? (contrast ? 'contrast' : dark ? 'dark' : 'light')
