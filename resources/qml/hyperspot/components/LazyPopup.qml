import QtQuick
import QtQuick.Templates as T

// A sheet or menu that is made when it is first opened, and then kept. It names its parent itself.
Loader {
    id: root

    // Where a state of the program opens it, and nobody asks for it.
    property bool wanted: false
    property bool kept: false
    readonly property bool shown: (item as T.Popup)?.visible ?? false

    // Null while one that is made in the background is not there yet.
    function made(): T.Popup {
        kept = true;
        return item as T.Popup;
    }
    function open(): void {
        made()?.open();
    }

    active: wanted || kept
    visible: false
    onLoaded: kept = true
}
