import QtQuick
import QtQuick.Controls.Basic
import hyperspot.theme

// A box above the page; Esc closes it, and the focus goes back to where it was.
Popup {
    modal: true
    focus: true
    padding: 0
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface2
        border.color: Theme.line
    }
    Overlay.modal: Rectangle {
        color: Theme.shade
    }
    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.motionFast
            easing.type: Easing.OutQuad
        }
    }
    exit: Transition {
        NumberAnimation {
            property: "opacity"
            to: 0
            duration: Theme.motionFast
            easing.type: Easing.OutQuad
        }
    }
}
