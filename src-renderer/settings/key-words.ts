/** What can be said of a key before VirusTotal is asked; null when it may be one. */
export function keyProblem(text: string): { readonly message: string; readonly remedy: string } | null {
  const key = text.trim();
  if (key === '') {
    return {
      message: 'No key is entered.',
      remedy: 'It stands at virustotal.com, in the menu of your account.',
    };
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return {
      message: 'A key holds no blanks and no other signs than letters and digits.',
      remedy: 'Copy it again.',
    };
  }
  return null;
}
