import QtQuick
import QtQuick.Controls.Basic

// Closes every box below an item and empties every field: they may hold words that no view-model holds.
QtObject {
    id: root

    property Popup spared

    function forget(thing: QtObject): void {
        if (thing === null || thing === spared)
            return;
        const popup = thing as Popup;
        if (popup !== null) {
            popup.close();
            forget(popup.contentItem);
        }
        if (thing instanceof TextInput)
            (thing as TextInput).clear();
        else if (thing instanceof TextEdit)
            (thing as TextEdit).clear();
        if (thing instanceof Loader)
            forget((thing as Loader).item as Popup);
        const item = thing as Item;
        if (item !== null)
            for (const part of item.data)
                forget(part);
    }
}
