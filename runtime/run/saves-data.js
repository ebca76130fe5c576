/** Whether bytes that nobody asked for are unwelcome: the reader saves data, or pays for the network by the byte. */
export function savesData() {
  const { saveData, type } = /** @type {{ connection?: { saveData?: boolean, type?: string } }} */ (navigator).connection ?? {};
  return Boolean(saveData) || type === 'cellular';
}
